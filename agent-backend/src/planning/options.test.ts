import { tellableStory } from '@story-tree/testkit/stories/tellableStory.ts';
import { failureOf, workflowRig } from '@story-tree/testkit/stories/workflowRig.ts';
import { describe, expect, test } from 'vitest';
import { optionSchemas } from '../workflow/optionNames.ts';
import { checkedOptions } from '../workflow/taskRunners.ts';
import { type StoryWorkflowTask, taskDefinition, WORKFLOW_TASK_NAMES } from '../workflow/tasks.ts';

const messages = (task: StoryWorkflowTask, options: object): string[] => {
  const parsed = taskDefinition(task).options.safeParse(options);
  return parsed.success ? [] : parsed.error.issues.map(({ message }) => message);
};

const withModes = WORKFLOW_TASK_NAMES.filter((task) => task !== 'CREATE_PLAYER_BUNDLE');

test.each(withModes)('%s takes resume or override, not both', (task) => {
  expect(messages(task, {})).toEqual([]);
  expect(messages(task, { resume: true, override: false })).toEqual([]);
  expect(messages(task, { resume: false, override: true })).toEqual([]);
  expect(messages(task, { resume: true, override: true })).toEqual([expect.stringMatching(/"resume".*"override"/)]);
});

const withCascade = WORKFLOW_TASK_NAMES.filter((task) => 'cascade' in optionSchemas(taskDefinition(task)));

test.each(withCascade)('%s cascades with override alone', (task) => {
  expect(messages(task, { override: true, cascade: true })).toEqual([]);
  expect(messages(task, { cascade: false })).toEqual([]);
  for (const options of [{ cascade: true }, { cascade: true, resume: true }, { cascade: true, override: false }]) {
    expect(messages(task, options)).toEqual([expect.stringMatching(/"cascade" needs "override"/)]);
  }
});

test.each(['CREATE_SHOT_IMAGES', 'CREATE_SHOT_AUDIO'] as const)('%s takes a shot only within a scenelet', (task) => {
  expect(messages(task, { targetSceneletId: 'scenelet-1' })).toEqual([]);
  expect(messages(task, { targetSceneletId: 'scenelet-1', targetShotIndex: 2 })).toEqual([]);
  expect(messages(task, { targetShotIndex: 2 })).toEqual([
    expect.stringMatching(/"targetShotIndex".*"targetSceneletId"/),
  ]);
  for (const targetShotIndex of [0, -1, 1.5, 'two']) {
    expect(messages(task, { targetSceneletId: 'scenelet-1', targetShotIndex })).toHaveLength(1);
  }
});

test('a single environment image is made or regenerated, never resumed', () => {
  const task = 'CREATE_ENVIRONMENT_REFERENCE_IMAGE';
  expect(messages(task, { targetEnvironmentId: 'quay', override: true })).toEqual([]);
  expect(messages(task, { targetEnvironmentId: 'quay', resume: false })).toEqual([]);
  expect(messages(task, { targetEnvironmentId: 'quay', resume: true })).toEqual([
    expect.stringMatching(/"resume".*"targetEnvironmentId"/),
  ]);
});

test.each(WORKFLOW_TASK_NAMES)('%s refuses options that it does not know', (task) => {
  expect(messages(task, { colour: 'red' })).toHaveLength(1);
});

test('a wrong option is a fault of usage, found before anything is read', async () => {
  const { workflow, calls } = workflowRig(tellableStory());
  const handle = await workflow({ shotAudioTaskOptions: { targetShotIndex: 1 } });
  const before = calls.length;
  const failure = await failureOf(handle.runTask('CREATE_SHOT_AUDIO'));
  expect(failure.code).toBe('usage');
  expect(failure.message).toMatch(/^CREATE_SHOT_AUDIO: "targetShotIndex" needs/);
  expect(failure.issues).toHaveLength(1);
  expect(calls).toHaveLength(before);
});

test.each([
  [{ targetSceneletId: '' }, 'CREATE_SHOT_AUDIO: "targetSceneletId": Give some text.'],
  [
    { targetSceneletId: 'scenelet-1', targetShotIndex: 0 },
    'CREATE_SHOT_AUDIO: "targetShotIndex": Shots are counted from 1: give a whole number.',
  ],
])('%j is refused in one sentence with the names of task and option', (options, sentence) => {
  expect(() => checkedOptions('CREATE_SHOT_AUDIO', options)).toThrow(
    expect.objectContaining({ code: 'usage', message: sentence }),
  );
});

describe('a target that does not exist', () => {
  const story = tellableStory({ media: true });

  test.each([
    ['CREATE_SHOT_IMAGES', { shotImagesTaskOptions: { targetSceneletId: 'scenelet-9' } }, 'scenelet-9'],
    ['CREATE_SHOT_AUDIO', { shotAudioTaskOptions: { targetSceneletId: 'scenelet-9' } }, 'scenelet-9'],
    [
      ...([
        'CREATE_SHOT_AUDIO',
        { shotAudioTaskOptions: { targetSceneletId: 'scenelet-1', targetShotIndex: 3 } },
      ] as const),
      'scenelet-1 has no shot 3; it has 2 shots',
    ],
    ['CREATE_CHARACTER_MODEL_SHEET', { characterModelSheetTaskOptions: { targetCharacterId: 'ada' } }, 'bo, tam, zoe'],
    [
      'CREATE_ENVIRONMENT_REFERENCE_IMAGE',
      { environmentReferenceTaskOptions: { targetEnvironmentId: 'x' } },
      'moor, quay',
    ],
  ] as const)('of %s with %j is named', async (task, options, named) => {
    const { workflow, models } = workflowRig(story);
    const failure = await failureOf((await workflow(options)).runTask(task));
    expect(failure.code).toBe('not_found');
    expect(failure.message).toContain(named);
    expect(models.requests).toHaveLength(0);
  });

  test('of a scenelet without shots counts none', async () => {
    const { workflow } = workflowRig({ ...story, shots: story.shots.slice(0, 2) });
    const handle = await workflow({ shotAudioTaskOptions: { targetSceneletId: 'scenelet-2a', targetShotIndex: 1 } });
    expect((await failureOf(handle.runTask('CREATE_SHOT_AUDIO'))).message).toContain('it has 0 shots');
  });
});
