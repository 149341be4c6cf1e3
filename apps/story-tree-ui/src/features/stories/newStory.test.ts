import { operationDefinition } from '@story-tree/domain';
import { describe, expect, it } from 'vitest';
import { complaintAbout, creationPayload, EMPTY_STORY, LENGTHS, type NewStory, REACHES } from './newStory.ts';

const story = (change: Partial<NewStory> = {}): NewStory => ({
  ...EMPTY_STORY,
  prompt: 'A lighthouse that moved.',
  reach: 'idea',
  ...change,
});

describe('the payload of a new story', () => {
  it('is what the operation takes, for every reach and every length', () => {
    const { payload } = operationDefinition('CREATE_STORY');
    for (const reach of REACHES) expect(payload.safeParse(creationPayload(story({ reach }))).error).toBeUndefined();
    for (const { value } of LENGTHS) {
      expect(payload.safeParse(creationPayload(story({ length: value }))).error).toBeUndefined();
    }
  });

  it('leaves out what was left empty', () => {
    expect(creationPayload(story({ language: '  ' }))).toEqual({ prompt: 'A lighthouse that moved.' });
  });

  it('says how far to go', () => {
    expect(creationPayload(story({ reach: 'constitution' }))).toMatchObject({ autoGenerate: true });
    expect(creationPayload(story({ reach: 'script' }))).toMatchObject({ includeInteractiveScript: true });
    expect(creationPayload(story({ reach: 'everything', audience: 'Six and up', length: '8' }))).toEqual({
      prompt: 'A lighthouse that moved.',
      audience: 'Six and up',
      targetScenelets: 8,
      runAll: true,
    });
  });
});

it('takes a limit along where something is spent', () => {
  expect(creationPayload(story({ reach: 'script', limit: '0,50' }))).toMatchObject({ maxCost: 0.5 });
  expect(creationPayload(story({ reach: 'script', limit: '' }))).not.toHaveProperty('maxCost');
  expect(creationPayload(story({ reach: 'idea', limit: '2' }))).not.toHaveProperty('maxCost');
});

describe('complaints about a field', () => {
  it('are found by the last part of their path', () => {
    const issues = [
      { path: 'payload.prompt', message: 'Too long.' },
      { path: 'payload.prompt', message: 'And dull.' },
      { path: 'displayName', message: 'Too short.' },
    ];

    expect(complaintAbout(issues, 'prompt')).toBe('Too long.');
    expect(complaintAbout(issues, 'displayName')).toBe('Too short.');
    expect(complaintAbout(issues, 'language')).toBeUndefined();
  });
});
