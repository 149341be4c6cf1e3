import { StoryTreeError } from '@story-tree/domain';
import { createStubModels } from '@story-tree/stub-models';
import { promptOnly, tellableStory } from '@story-tree/testkit/stories/tellableStory.ts';
import { failureOf, textOf, workflowRig } from '@story-tree/testkit/stories/workflowRig.ts';
import { describe, expect, test } from 'vitest';
import { PLAIN_MEDIA } from '../testing/scriptedModels.ts';
import type { TaskResult } from './engine.ts';
import { type AgentWorkflowOptions, createStoryWorkflow, resumeStoryWorkflow } from './storyWorkflow.ts';
import * as taskRunners from './taskRunners.ts';
import { runConstitutionTask, type TaskRunner } from './taskRunners.ts';
import { type StoryWorkflowTask, WORKFLOW_TASK_NAMES, WORKFLOW_TASKS } from './tasks.ts';

const stubText = textOf(createStubModels({ sceneletCount: 7, branching: 2, shotsPerScenelet: 1 }));

const ran = (task: string): TaskResult => ({ task, status: 'completed', made: 1, total: 1 });

type Run = (task: StoryWorkflowTask, options: unknown, own: () => Promise<TaskResult>) => Promise<TaskResult>;

/** A runner in the place of every task's own, which it may still call. */
function runnersOf(run: Run): Partial<AgentWorkflowOptions> {
  const ownRunners: Readonly<Record<string, unknown>> = taskRunners;
  const named = WORKFLOW_TASKS.map(({ task, name }) => {
    const member = `run${name.charAt(0).toUpperCase()}${name.slice(1)}Task`;
    const own = ownRunners[member] as TaskRunner<typeof task>;
    const replacement: TaskRunner<typeof task> = (storyId, dependencies, options) =>
      run(task, options, () => own(storyId, dependencies, options));
    return [member, replacement];
  });
  return Object.fromEntries(named) as Partial<AgentWorkflowOptions>;
}

/** A bundle needs a disk. */
const withoutBundle: Run = async (task, _options, own) => (task === 'CREATE_PLAYER_BUNDLE' ? ran(task) : own());

describe('a new story', () => {
  const rig = workflowRig(promptOnly());
  const create = (prompt: string, displayName?: string) =>
    createStoryWorkflow({ prompt, mode: 'stub', displayName }, rig.dependencies);

  test('is a row with the prompt, and a handle that holds its id', async () => {
    const { storyId } = await create('  A door in the sea.\nIt opens at low tide. ');
    expect((await rig.state(storyId)).story).toMatchObject({
      initialPrompt: 'A door in the sea.\nIt opens at low tide.',
      displayName: 'A door in the sea.',
      namedByPerson: false,
      storyConstitution: null,
    });
  });

  test('has a short name until the constitution brings a title', async () => {
    const { storyId } = await create('🦊'.repeat(61));
    expect((await rig.state(storyId)).story.displayName).toBe(`${'🦊'.repeat(60)}…`);
  });

  test('keeps the name that a person gave', async () => {
    const { storyId } = await create('A door', ' Low Tide ');
    expect((await rig.state(storyId)).story).toMatchObject({ displayName: 'Low Tide', namedByPerson: true });
  });

  test('needs a prompt', async () => {
    expect((await failureOf(create(' \n '))).code).toBe('invalid_input');
  });
});

test('resuming a story that does not exist says so', async () => {
  const { dependencies } = workflowRig(promptOnly());
  expect(await failureOf(resumeStoryWorkflow('nobody', dependencies))).toMatchObject({
    ...{ code: 'not_found', message: expect.stringContaining('nobody') },
  });
});

describe('runAllTasks', () => {
  test('runs every task in the order of the table, each told to resume', async () => {
    const order: unknown[] = [];
    const { workflow } = workflowRig(promptOnly(), { ...stubText, ...PLAIN_MEDIA });
    const runners = runnersOf((task, options, own) => {
      order.push([task, options]);
      return withoutBundle(task, options, own);
    });
    const { tasks } = await (await workflow(runners)).runAllTasks();
    expect(order).toEqual(WORKFLOW_TASK_NAMES.map((task) => [task, { resume: true }]));
    expect(tasks.map(({ task, status }) => [task, status])).toEqual(
      WORKFLOW_TASK_NAMES.map((task) => [task, 'completed']),
    );
  });

  test('stops after the last task that is wanted', async () => {
    const { workflow, state } = workflowRig(promptOnly(), stubText);
    const { tasks } = await (await workflow()).runAllTasks({ until: 'CREATE_VISUAL_DESIGN' });
    expect(tasks.map(({ task }) => task)).toEqual(WORKFLOW_TASK_NAMES.slice(0, 3));
    expect((await state()).story).toMatchObject({ audioDesignDocument: null, visualReferencePackage: null });
  });

  test('makes a whole story from a prompt, and nothing twice', async () => {
    const { workflow, models, state } = workflowRig(promptOnly(), { ...stubText, ...PLAIN_MEDIA });
    const handle = await workflow({ runPlayerBundleTask: async () => ran('CREATE_PLAYER_BUNDLE') });
    const first = await handle.runAllTasks();
    const made = await state();
    expect(made.scenelets).toHaveLength(7);
    expect(made.shots.every((shot) => shot.keyFrameImagePath && shot.audioFilePath)).toBe(true);
    expect(first.constitution).toEqual({
      title: made.story.displayName,
      markdown: made.story.storyConstitution,
      targetSceneletsPerPath: made.story.targetSceneletsPerPath,
    });

    const calls = models.requests.length;
    const second = await handle.runAllTasks();
    expect(models.requests).toHaveLength(calls);
    expect(second.constitution).toEqual(first.constitution);
    expect(second.tasks.slice(0, -1).map(({ status }) => status)).toEqual(Array(10).fill('skipped'));
    expect(await state()).toEqual(made);
  });

  test('resumes what is partly finished', async () => {
    const before = tellableStory();
    const { workflow, state } = workflowRig({ ...before, shots: before.shots.slice(0, 2) }, stubText);
    const { tasks } = await (await workflow()).runAllTasks({ until: 'CREATE_SHOT_PRODUCTION' });
    expect(tasks.map(({ status, made }) => [status, made])).toEqual([
      ...[
        ['skipped', 0],
        ['skipped', 0],
        ['skipped', 0],
        ['completed', 1],
        ['skipped', 0],
      ],
      ['completed', 2],
    ]);
    expect((await state()).shots.slice(0, 2)).toEqual(before.shots.slice(0, 2));
  });

  test('refuses an option that contradicts resuming before it runs anything', async () => {
    const { workflow, models } = workflowRig(promptOnly(), { ...stubText, ...PLAIN_MEDIA });
    const handle = await workflow({ environmentReferenceTaskOptions: { targetEnvironmentId: 'quay' } });
    const failure = await failureOf(handle.runAllTasks());
    expect(failure.code).toBe('usage');
    expect(failure.message).toContain('"targetEnvironmentId"');
    expect(models.requests).toHaveLength(0);
  });

  test('stops at the first task that fails', async () => {
    const seen: string[] = [];
    const { workflow } = workflowRig(promptOnly(), stubText);
    const runners = runnersOf((task, _options, own) => {
      seen.push(task);
      if (task === 'CREATE_VISUAL_DESIGN') throw new StoryTreeError('model_blocked', 'It was refused.');
      return own();
    });
    const failure = await failureOf((await workflow(runners)).runAllTasks());
    expect(failure).toMatchObject({ code: 'model_blocked', message: 'CREATE_VISUAL_DESIGN: It was refused.' });
    expect(seen).toHaveLength(3);
  });
});

describe('a runner given from outside', () => {
  test.each([
    ['CREATE_ENVIRONMENT_REFERENCE_IMAGE', 'runEnvironmentReferenceTask', 'environmentReferenceTaskOptions'],
    ['CREATE_PLAYER_BUNDLE', 'runPlayerBundleTask', 'playerBundleTaskOptions'],
  ] as const)('for %s gets the story, the dependencies and the options', async (task, runner, options) => {
    const { workflow, dependencies } = workflowRig(tellableStory());
    const given =
      task === 'CREATE_PLAYER_BUNDLE'
        ? { outputPath: '/elsewhere', overwrite: true }
        : { targetEnvironmentId: 'quay', override: true, resume: false };
    const seen: unknown[][] = [];
    const handle = await workflow({
      [options]: given,
      [runner]: async (...args: unknown[]) => {
        seen.push(args);
        return ran(task);
      },
    });
    expect(await handle.runTask(task)).toEqual(ran(task));
    expect(seen).toEqual([[handle.storyId, expect.objectContaining(dependencies), given]]);
  });

  test.each([
    ['what the task needs is missing', tellableStory({ visualDesignDocument: null }), 'prerequisite_missing'],
    ['the task is complete', tellableStory(), 'already_completed'],
  ])('is not asked when %s', async (_case, story, code) => {
    let asked = 0;
    const runAudioDesignTask = async () => {
      asked += 1;
      return ran('CREATE_AUDIO_DESIGN');
    };
    const handle = await workflowRig(story).workflow({ runAudioDesignTask });
    expect((await failureOf(handle.runTask('CREATE_AUDIO_DESIGN'))).code).toBe(code);
    expect(asked).toBe(0);
  });

  test('has nothing to do in a run of all tasks where the task is complete', async () => {
    const { workflow } = workflowRig(tellableStory(), stubText);
    const handle = await workflow({ runAudioDesignTask: () => Promise.reject(new Error('asked all the same')) });
    const { tasks } = await handle.runAllTasks({ until: 'CREATE_AUDIO_DESIGN' });
    expect(tasks.at(-1)).toMatchObject({ task: 'CREATE_AUDIO_DESIGN', status: 'skipped' });
  });

  test('has its failures reported with the name of the task', async () => {
    const { workflow } = workflowRig(tellableStory());
    const cause = new Error('disk on fire');
    const handle = await workflow({ runEnvironmentReferenceTask: () => Promise.reject(cause) });
    const failure = await failureOf(handle.runTask('CREATE_ENVIRONMENT_REFERENCE_IMAGE'));
    expect(failure.message).toBe('CREATE_ENVIRONMENT_REFERENCE_IMAGE: disk on fire');
    expect(failure.cause).toBe(cause);
  });
});

test('a task that does not exist is refused with the names of those that do', async () => {
  const handle = await workflowRig(tellableStory()).workflow();
  const outcome = handle.runTask('CREATE_MOVIE' as StoryWorkflowTask);
  const failure = await failureOf(outcome);
  expect(failure.code).toBe('usage');
  expect(failure.message).toContain('"CREATE_MOVIE"');
  expect(failure.message).toContain('CREATE_SHOT_IMAGES');
});

test('a workflow requires only repositories and models', async () => {
  const { repositories, models, state } = workflowRig(promptOnly(), stubText);
  const handle = await createStoryWorkflow({ prompt: 'A door in the sea.', mode: 'stub' }, { repositories, models });
  await handle.runAllTasks({ until: 'CREATE_SHOT_PRODUCTION' });
  expect((await state(handle.storyId)).shots).not.toHaveLength(0);
});

test("a task's own runner has the same shape as one that takes its place", async () => {
  const { repositories, models, state } = workflowRig(promptOnly(), stubText);
  const { storyId } = await createStoryWorkflow({ prompt: 'A door.', mode: 'stub' }, { repositories, models });
  await runConstitutionTask(storyId, { repositories, models });
  expect((await failureOf(runConstitutionTask(storyId, { repositories, models }))).code).toBe('already_completed');
  const again = await runConstitutionTask(storyId, { repositories, models }, { resume: true });
  expect(again).toMatchObject({ task: 'CREATE_CONSTITUTION', status: 'skipped' });
  expect((await state(storyId)).story.storyConstitution).not.toBeNull();
});

test('a failure in a task reaches the caller with its name, its code and its cause', async () => {
  const cause = new Error('socket hang up');
  const { workflow, logged } = workflowRig(promptOnly(), { text: () => Promise.reject(cause) });
  const failure = await failureOf((await workflow()).runTask('CREATE_CONSTITUTION'));
  expect(failure.code).toBe('internal');
  expect(failure.message).toMatch(/^CREATE_CONSTITUTION: /);
  expect(failure.cause).toBe(cause);
  expect(logged.find(({ level }) => level === 'error')?.fields.error).toBe(cause);
});

test('an abort ends a task as cancelled, with what was finished kept', async () => {
  const stop = new AbortController();
  const { workflow, state } = workflowRig(tellableStory({ audioDesignDocument: null }), {
    text() {
      stop.abort();
      throw new Error('the call was cut off');
    },
  });
  const handle = await workflow({ signal: stop.signal });
  expect(await failureOf(handle.runTask('CREATE_AUDIO_DESIGN'))).toMatchObject({ code: 'cancelled' });
  expect((await state()).story.audioDesignDocument).toBeNull();
});
