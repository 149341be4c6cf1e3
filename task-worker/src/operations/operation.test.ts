import { type Estimate, StoryTreeError } from '@story-tree/domain';
import { createStubModels } from '@story-tree/stub-models';
import { promptOnly } from '@story-tree/testkit/stories/tellableStory.ts';
import { failureOf, textOf } from '@story-tree/testkit/stories/workflowRig.ts';
import { expect, it } from 'vitest';
import type { PlannedRun } from './operation.ts';
import { type OperationRig, operationRig, type RigOptions } from './testOperation.ts';

const ESTIMATE: Estimate = {
  ...{ calls: 12, costUsd: 1.4, durationMs: 540_000, tasks: [] },
  basis: { calls: 412, stories: 3, listPrices: false },
};

function makingScript(context: RigOptions['context']): OperationRig {
  const request = { operation: 'CREATE_STORY', payload: { prompt: 'A lamp', autoGenerate: true } } as const;
  return operationRig(promptOnly(), request, { script: textOf(createStubModels()), context: { ...context } });
}

it('writes into the log what the task is going to take, before all else', async () => {
  const asked: PlannedRun[] = [];
  const rig = makingScript({
    async estimate(run) {
      asked.push(run);
      return ESTIMATE;
    },
  });
  await rig.run();
  expect(asked).toEqual([{ scope: { until: 'CREATE_CONSTITUTION' } }]);
  expect(rig.log).toMatchObject([
    {
      eventType: 'info',
      step: 'estimated',
      message: 'Estimated: 12 calls, $1.40, about 9 minutes (from 412 calls of 3 stories).',
      payload: { ...ESTIMATE },
    },
  ]);
});

it('says nothing about a task that is resumed, that needs no calls, or that cannot be estimated', async () => {
  const estimates = [
    { resumed: true, estimate: async () => ESTIMATE },
    { estimate: async () => ({ ...ESTIMATE, calls: 0 }) },
    { estimate: () => Promise.reject(new Error('no idea')) },
  ];
  for (const context of estimates) {
    const rig = makingScript(context);
    await rig.run();
    expect(rig.log).toEqual([]);
    expect((await rig.state()).story.storyConstitution).not.toBeNull();
  }
});

it('is not begun where what it makes could not be stored', async () => {
  const full = new StoryTreeError('file_error', 'There is no place for it.');
  const rig = makingScript({ requireFolders: () => Promise.reject(full) });
  expect(await failureOf(rig.run())).toMatchObject({ code: 'file_error', message: full.message });
  expect(rig.models.requests).toEqual([]);
  expect(rig.log).toEqual([]);
});
