import { promptOnly, tellableStory } from '@story-tree/testkit/stories/tellableStory.ts';
import { workflowRig } from '@story-tree/testkit/stories/workflowRig.ts';
import { expect, test } from 'vitest';
import { taskProgress } from './taskProgress.ts';
import { type StoryWorkflowTask, taskDefinition } from './tasks.ts';

const whole = tellableStory();
const partly = { ...whole, shots: whole.shots.slice(0, 2) };

test.each<[string, StoryWorkflowTask, typeof whole, number, number]>([
  ['is complete', 'CREATE_AUDIO_DESIGN', whole, 1, 1],
  ['was begun', 'CREATE_SHOT_PRODUCTION', partly, 1, 3],
  ['can be begun', 'CREATE_VISUAL_REFERENCE', whole, 0, 1],
  ['lacks what it needs', 'CREATE_SHOT_AUDIO', promptOnly(), 0, 0],
  ['cannot be planned', 'CREATE_CHARACTER_MODEL_SHEET', broken(), 0, 0],
])('a task that %s', async (_, task, state, completed, total) => {
  const { dependencies } = workflowRig(state);
  expect(await taskProgress(taskDefinition(task), state, dependencies)).toEqual({
    ...{ completed, total },
    isOutdated: false,
  });
});

function broken(): typeof whole {
  return { ...whole, story: { ...whole.story, visualDesignDocument: {} as never } };
}
