import { expect, test } from 'vitest';
import { StoryTreeError, toStoryTreeError } from './errors.ts';

test('a context in front of the message changes nothing else', () => {
  const options = { issues: [{ path: 'a', message: 'b' }], details: { holder: 'command line' }, cause: new Error('x') };
  const error = new StoryTreeError('story_busy', 'Somebody has it.', options);
  expect(error.within('CREATE_SHOT_AUDIO')).toMatchObject({
    ...{ name: 'StoryTreeError', code: 'story_busy', message: 'CREATE_SHOT_AUDIO: Somebody has it.' },
    ...options,
  });
  const plain = new StoryTreeError('usage', 'No.');
  expect(plain.within('here').cause).toBe(plain);
});

test('other errors become internal ones that reveal nothing of themselves except to the log', () => {
  const own = new StoryTreeError('usage', 'No.');
  expect(toStoryTreeError(own)).toBe(own);
  for (const thrown of [new Error('password=1234'), 'password=1234', undefined]) {
    const error = toStoryTreeError(thrown);
    expect(error.code).toBe('internal');
    expect(error.message).not.toContain('1234');
    expect(error.cause).toBe(thrown);
  }
});
