import { checkAgainst, StoryTreeError } from '@story-tree/domain';
import { type GivenDependencies, type WorkflowDependencies, withDefaults } from './dependencies.ts';
import { runWorkflowTask, type TaskResult } from './engine.ts';
import {
  isWorkflowTask,
  type StoryWorkflowTask,
  type TaskOptions,
  taskDefinition,
  WORKFLOW_TASK_NAMES,
  WORKFLOW_TASKS,
} from './tasks.ts';

type Definition = (typeof WORKFLOW_TASKS)[number];
type Named<Task extends StoryWorkflowTask> = Extract<Definition, { task: Task }>['name'];

/**
 * Runs one task of a story. Every task has a runner of this shape, such as {@link runShotImagesTask}; another can replace it
 * through {@link AgentWorkflowOptions}, and is called after prerequisites and completion are checked.
 * @throws StoryTreeError with the task's name in front: `usage` for invalid options, `prerequisite_missing`,
 * `already_completed`, `has_dependants`, and any failure of the task itself
 */
export type TaskRunner<Task extends StoryWorkflowTask> = (
  storyId: string,
  dependencies: WorkflowDependencies,
  options: TaskOptions<Task>,
) => Promise<TaskResult>;

/** A task's own runner: it adds defaults to the given dependencies, and its options may be left out. */
type OwnTaskRunner<Task extends StoryWorkflowTask> = (
  storyId: string,
  dependencies: GivenDependencies,
  options?: TaskOptions<Task>,
) => Promise<TaskResult>;

/** `<name>TaskOptions` of every task in the table, such as `environmentReferenceTaskOptions`. */
type OptionsOfTasks = {
  [Task in StoryWorkflowTask as `${Named<Task>}TaskOptions`]?: TaskOptions<Task>;
};

/** `run<Name>Task` of every task in the table, such as `runEnvironmentReferenceTask`. */
type RunnersOfTasks = {
  [Task in StoryWorkflowTask as `run${Capitalize<Named<Task>>}Task`]?: TaskRunner<Task>;
};

/**
 * The dependencies of a workflow, the options of its tasks, and runners to use instead of the tasks' own. Only `repositories`
 * and `models` are required.
 */
export type AgentWorkflowOptions = GivenDependencies & OptionsOfTasks & RunnersOfTasks;

/** The same with defaults filled in. */
export type CompleteWorkflowOptions = WorkflowDependencies & OptionsOfTasks & RunnersOfTasks;

/**
 * Runs one task with the options that the workflow was given for it, and with the runner given for it or its own.
 * @param more options that go over those
 * @throws StoryTreeError `usage` for an unknown name, else as {@link TaskRunner} does
 */
export async function runNamedTask(
  task: string,
  storyId: string,
  options: CompleteWorkflowOptions,
  more: object = {},
): Promise<TaskResult> {
  if (!isWorkflowTask(task)) {
    const known = WORKFLOW_TASK_NAMES.join(', ');
    throw new StoryTreeError('usage', `There is no workflow task ${JSON.stringify(task)}. Choose one of ${known}.`);
  }
  const given = { ...optionsFor(task, options), ...more };
  return runTask(task, storyId, options, given, givenRunner(task, options));
}

async function runTask<Task extends StoryWorkflowTask>(
  task: Task,
  storyId: string,
  deps: WorkflowDependencies,
  given: object,
  replacement?: TaskRunner<Task>,
): Promise<TaskResult> {
  const options = checkedOptions(task, given);
  const runner = replacement && (() => replacement(storyId, deps, options as TaskOptions<Task>));
  return runWorkflowTask({ definition: taskDefinition(task), storyId, deps, options, runner }, WORKFLOW_TASKS);
}

/** The runner that the workflow was given to replace the task's own, if any. */
export function givenRunner<Task extends StoryWorkflowTask>(
  task: Task,
  options: CompleteWorkflowOptions,
): TaskRunner<Task> | undefined {
  return member(options, `run${capitalized(taskDefinition(task).name)}Task`) as TaskRunner<Task> | undefined;
}

/** A task's options with defaults applied. @throws StoryTreeError `usage` naming the task and the first problem */
export function checkedOptions(task: StoryWorkflowTask, options: object): object {
  const checked = checkAgainst<object>(taskDefinition(task).options, options);
  if (checked.success) return checked.data;
  const { issues } = checked;
  const [{ path, message }] = issues;
  throw new StoryTreeError('usage', `${task}: ${path === '' ? '' : `"${path}": `}${message}`, { issues });
}

/** The options that the workflow was given for one task. */
export function optionsFor(task: StoryWorkflowTask, options: CompleteWorkflowOptions): object {
  return (member(options, `${taskDefinition(task).name}TaskOptions`) as object | undefined) ?? {};
}

/** These members' names derive from the table, so the compiler cannot look them up by a computed name. */
function member(options: object, name: string): unknown {
  return (options as Record<string, unknown>)[name];
}

function capitalized(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** A task's own runner. It never looks for a replacement, so a replacement may call it. */
function runnerOf<Task extends StoryWorkflowTask>(task: Task): OwnTaskRunner<Task> {
  return async (storyId, dependencies, options) => runTask(task, storyId, withDefaults(dependencies), options ?? {});
}

export const runConstitutionTask = runnerOf('CREATE_CONSTITUTION');
export const runInteractiveScriptTask = runnerOf('CREATE_INTERACTIVE_SCRIPT');
export const runVisualDesignTask = runnerOf('CREATE_VISUAL_DESIGN');
export const runVisualReferenceTask = runnerOf('CREATE_VISUAL_REFERENCE');
export const runAudioDesignTask = runnerOf('CREATE_AUDIO_DESIGN');
export const runShotProductionTask = runnerOf('CREATE_SHOT_PRODUCTION');
export const runCharacterModelSheetTask = runnerOf('CREATE_CHARACTER_MODEL_SHEET');
export const runEnvironmentReferenceTask = runnerOf('CREATE_ENVIRONMENT_REFERENCE_IMAGE');
export const runShotImagesTask = runnerOf('CREATE_SHOT_IMAGES');
export const runShotAudioTask = runnerOf('CREATE_SHOT_AUDIO');
export const runPlayerBundleTask = runnerOf('CREATE_PLAYER_BUNDLE');
