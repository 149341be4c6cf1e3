import { StoryTreeError } from '@story-tree/domain';
import { runWorkflowTask, type TaskResult, type WorkflowDependencies } from './engine.ts';
import { type StoryWorkflowTask, type TaskOptions, taskDefinition, WORKFLOW_TASKS } from './tasks.ts';

type Definition = (typeof WORKFLOW_TASKS)[number];
type Named<Task extends StoryWorkflowTask> = Extract<Definition, { task: Task }>['name'];

/** Runs one task of a story; may be replaced through {@link AgentWorkflowOptions}. */
export type TaskRunner<Task extends StoryWorkflowTask> = (
  storyId: string,
  dependencies: WorkflowDependencies,
  options: TaskOptions<Task>,
) => Promise<TaskResult>;

/** `<name>TaskOptions` of every task in the table, such as `environmentReferenceTaskOptions`. */
type OptionsOfTasks = {
  [Task in StoryWorkflowTask as `${Named<Task>}TaskOptions`]?: TaskOptions<Task>;
};

/** `run<Name>Task` of every task in the table, such as `runEnvironmentReferenceTask`. */
type RunnersOfTasks = {
  [Task in StoryWorkflowTask as `run${Capitalize<Named<Task>>}Task`]?: TaskRunner<Task>;
};

/** What a workflow stands on, the options of its tasks, and runners to use instead of the tasks' own. */
export type AgentWorkflowOptions = WorkflowDependencies & OptionsOfTasks & RunnersOfTasks;

/** Runs one task with the runner given for it, else its own. */
export async function runNamedTask<Task extends StoryWorkflowTask>(
  task: Task,
  storyId: string,
  options: AgentWorkflowOptions,
  taskOptions: object,
): Promise<TaskResult> {
  const given = givenRunner(task, options);
  if (given === undefined) return runnerOf(task)(storyId, options, taskOptions as TaskOptions<Task>);
  try {
    return await given(storyId, options, taskOptions as TaskOptions<Task>);
  } catch (thrown) {
    throw namedFailure(task, thrown);
  }
}

/** The runner that the workflow was given instead of the task's own. */
export function givenRunner<Task extends StoryWorkflowTask>(
  task: Task,
  options: AgentWorkflowOptions,
): TaskRunner<Task> | undefined {
  return member(options, `run${capitalized(taskDefinition(task).name)}Task`) as TaskRunner<Task> | undefined;
}

/** What a runner from outside threw, in its own words, with the task's name in front. */
function namedFailure(task: StoryWorkflowTask, thrown: unknown): StoryTreeError {
  if (thrown instanceof StoryTreeError) return thrown.message.includes(task) ? thrown : thrown.within(task);
  const words = thrown instanceof Error ? thrown.message : String(thrown);
  return new StoryTreeError('internal', `${task}: ${words}`, { cause: thrown });
}

/** The runner a task has unless another is given. */
function runnerOf<Task extends StoryWorkflowTask>(task: Task): TaskRunner<Task> {
  return async (storyId, dependencies, options) =>
    runWorkflowTask(
      taskDefinition(task),
      storyId,
      dependencies,
      checkedOptions(task, options as object),
      WORKFLOW_TASKS,
    );
}

/** @throws StoryTreeError `usage` with the first thing that is wrong */
export function checkedOptions(task: StoryWorkflowTask, options: object): object {
  const parsed = taskDefinition(task).options.safeParse(options);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const [first] = issues;
  throw new StoryTreeError('usage', first?.path ? `${first.path}: ${first.message}` : (first?.message ?? ''), {
    issues,
  });
}

/** What the workflow was told about one task. */
export function optionsFor(task: StoryWorkflowTask, options: AgentWorkflowOptions): object {
  return (member(options, `${taskDefinition(task).name}TaskOptions`) as object | undefined) ?? {};
}

/** The names of these members are made from the table, so the compiler knows them but not one by one. */
function member(options: AgentWorkflowOptions, name: string): unknown {
  return (options as unknown as Record<string, unknown>)[name];
}

function capitalized(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** Makes environment images: what the workflow delegates to unless told otherwise. */
export const runEnvironmentReferenceTask = runnerOf('CREATE_ENVIRONMENT_REFERENCE_IMAGE');
