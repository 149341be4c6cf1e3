import { describe, expect, it } from 'vitest';
import { anEvent } from '../../live/testTasks.ts';
import { retryRequest } from './retryRequest.ts';

const storyId = 'story-1';
const run = (payload: Record<string, unknown>) =>
  retryRequest({ operation: 'RUN_WORKFLOW_TASK', storyId, payload }, [])?.payload;

describe('retryRequest', () => {
  it('has nothing to continue once the story is gone', () => {
    expect(retryRequest({ operation: 'DELETE_STORY', storyId: null, payload: {} }, [])).toBeNull();
  });

  it.each([
    ['DELETE_STORY', {}],
    ['REGENERATE_CONSTITUTION', { guidance: 'Darker' }],
    ['CONSTITUTION_CHAT_UPDATE', { turns: ['Make it rain'] }],
  ] as const)('asks for the same again: %s', (operation, payload) => {
    expect(retryRequest({ operation, storyId, payload }, [])).toEqual({ operation, storyId, payload });
  });

  it('continues a workflow task where it stopped', () => {
    const resume = { task: 'CREATE_SHOT_IMAGES', options: { resume: true } };
    expect(run({ task: 'CREATE_SHOT_IMAGES' })).toEqual(resume);
    expect(run(resume)).toEqual(resume);
    expect(run({ task: 'ALL', options: {} })).toEqual({ task: 'ALL' });
  });

  it('makes the rest of what was cleared before, and all of what stands until it is replaced', () => {
    const override = { override: true, cascade: true };
    expect(run({ task: 'CREATE_INTERACTIVE_SCRIPT', options: override })).toMatchObject({ options: { resume: true } });
    expect(run({ task: 'CREATE_SHOT_IMAGES', options: { override: true } })).toMatchObject({
      options: { override: true },
    });
  });

  it('stays with the one thing that was asked for', () => {
    const options = { targetSceneletId: 'scenelet-2', targetShotIndex: 1, override: true };
    expect(run({ task: 'CREATE_SHOT_IMAGES', options })).toEqual({ task: 'CREATE_SHOT_IMAGES', options });
  });

  it('keeps to the limit that was set', () => {
    expect(run({ task: 'ALL', maxCost: 2 })).toEqual({ task: 'ALL', maxCost: 2 });
    expect(run({ task: 'CREATE_SHOT_IMAGES', maxCost: 2 })).toMatchObject({ maxCost: 2, options: { resume: true } });
    const creation = {
      operation: 'CREATE_STORY',
      storyId,
      payload: { prompt: 'A door', runAll: true, maxCost: 2 },
    } as const;
    expect(retryRequest(creation, [])?.payload).toEqual({ task: 'ALL', maxCost: 2 });
  });

  it('continues a story instead of making a second one', () => {
    const create = (payload: Record<string, unknown>, ...events: Parameters<typeof anEvent>) =>
      retryRequest(
        { operation: 'CREATE_STORY', storyId, payload: { prompt: 'A door', ...payload } },
        events.map(anEvent),
      );
    const constitutionDone = { step: 'task-done', payload: { task: 'CREATE_CONSTITUTION' } };

    expect(create({ runAll: true })).toMatchObject({
      operation: 'RUN_WORKFLOW_TASK',
      storyId,
      payload: { task: 'ALL' },
    });
    expect(create({ autoGenerate: true })?.payload).toMatchObject({ task: 'CREATE_CONSTITUTION' });
    expect(create({ includeInteractiveScript: true })?.payload).toMatchObject({ task: 'CREATE_CONSTITUTION' });
    expect(create({ includeInteractiveScript: true }, constitutionDone)?.payload).toEqual({
      task: 'CREATE_INTERACTIVE_SCRIPT',
      options: { resume: true },
    });
  });

  it('replaces the bundle that may be there', () => {
    expect(retryRequest({ operation: 'BUILD_PLAYER_BUNDLE', storyId, payload: {} }, [])?.payload).toEqual({
      overwrite: true,
    });
  });
});
