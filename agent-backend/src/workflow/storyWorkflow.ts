import {
  type CreationOptions,
  type Story,
  type StoryMode,
  type StoryRepositories,
  StoryTreeError,
} from '@story-tree/domain';
import { runWorkflowTask, type TaskResult, type WorkflowDependencies } from './engine.ts';
import { missingStory } from './state.ts';
import {
  type StoryWorkflowTask,
  type TaskOptions,
  taskDefinition,
  WORKFLOW_TASK_NAMES,
  WORKFLOW_TASKS,
} from './tasks.ts';

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

export interface NewStoryRequest {
  prompt: string;
  mode: StoryMode;
  /** The story's name when a person gives one. */
  displayName?: string | undefined;
  creationOptions?: CreationOptions;
}

export interface RunAllOptions {
  /** The last task to run. */
  until?: StoryWorkflowTask | undefined;
}

export interface RunAllResult {
  /** The constitution as it is in the end, also when it was there before. */
  constitution: { title: string; markdown: string; targetSceneletsPerPath: number } | null;
  tasks: TaskResult[];
}

/** A handle on one story. It holds nothing but the id: every call reads the stored state anew. */
export interface StoryWorkflow {
  readonly storyId: string;
  /** @throws StoryTreeError when a prerequisite is missing, the task is complete, or something goes wrong in it */
  runTask(task: StoryWorkflowTask): Promise<TaskResult>;
  /** All tasks in the table's order; complete ones are skipped, partial ones resumed. */
  runAllTasks(options?: RunAllOptions): Promise<RunAllResult>;
}

/** How long a name made from the prompt may be until the constitution brings a title. */
const PROVISIONAL_NAME_LENGTH = 60;

/**
 * Makes a story from a prompt and a handle on it.
 * @throws StoryTreeError `invalid_input` for an empty prompt
 */
export async function createStoryWorkflow(
  request: NewStoryRequest,
  options: AgentWorkflowOptions,
): Promise<StoryWorkflow> {
  const story = await createStory(options.repositories, request);
  return workflowHandle(story.id, options);
}

/** The row of a new story, alone. */
export async function createStory(repositories: StoryRepositories, request: NewStoryRequest): Promise<Story> {
  const initialPrompt = request.prompt.trim();
  if (initialPrompt === '') {
    throw new StoryTreeError('invalid_input', 'The prompt is empty. Say in a sentence or two what the story is about.');
  }
  const name = request.displayName?.trim();
  return repositories.stories.create({
    displayName: name || provisionalName(initialPrompt),
    namedByPerson: Boolean(name),
    initialPrompt,
    creationOptions: request.creationOptions ?? {},
    mode: request.mode,
  });
}

/**
 * A handle on a story that exists.
 * @throws StoryTreeError `not_found`
 */
export async function resumeStoryWorkflow(storyId: string, options: AgentWorkflowOptions): Promise<StoryWorkflow> {
  const story = await options.repositories.stories.get(storyId);
  if (story === null) throw missingStory(storyId);
  return workflowHandle(story.id, options);
}

function workflowHandle(storyId: string, options: AgentWorkflowOptions): StoryWorkflow {
  return {
    storyId,
    runTask: (task) => runNamedTask(task, storyId, options, optionsFor(task, options)),
    runAllTasks: (runAll) => runAllTasks(storyId, options, runAll ?? {}),
  };
}

async function runAllTasks(
  storyId: string,
  options: AgentWorkflowOptions,
  { until }: RunAllOptions,
): Promise<RunAllResult> {
  const wanted = WORKFLOW_TASK_NAMES.slice(0, until && WORKFLOW_TASK_NAMES.indexOf(until) + 1);
  const resuming = (task: StoryWorkflowTask) => ({ ...optionsFor(task, options), resume: true });
  // An option that contradicts resuming is found before the first call is paid for.
  for (const task of wanted) if (!givenRunner(task, options)) checkedOptions(task, resuming(task));

  const tasks: TaskResult[] = [];
  for (const task of wanted) tasks.push(await runNamedTask(task, storyId, options, resuming(task)));
  const story = await options.repositories.stories.get(storyId);
  if (story === null) throw missingStory(storyId);
  const { displayName: title, storyConstitution: markdown, targetSceneletsPerPath } = story;
  const known = markdown !== null && targetSceneletsPerPath !== null;
  return { constitution: known ? { title, markdown, targetSceneletsPerPath } : null, tasks };
}

async function runNamedTask<Task extends StoryWorkflowTask>(
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

function givenRunner<Task extends StoryWorkflowTask>(
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
  return (storyId, dependencies, options) =>
    runWorkflowTask(
      taskDefinition(task),
      storyId,
      dependencies,
      checkedOptions(task, options as object),
      WORKFLOW_TASKS,
    );
}

/** @throws StoryTreeError `usage` with the first thing that is wrong */
function checkedOptions(task: StoryWorkflowTask, options: object): object {
  const parsed = taskDefinition(task).options.safeParse(options);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const [first] = issues;
  throw new StoryTreeError('usage', first?.path ? `${first.path}: ${first.message}` : (first?.message ?? ''), {
    issues,
  });
}

function optionsFor(task: StoryWorkflowTask, options: AgentWorkflowOptions): object {
  return (member(options, `${taskDefinition(task).name}TaskOptions`) as object | undefined) ?? {};
}

/** The names of these members are made from the table, so the compiler knows them but not one by one. */
function member(options: AgentWorkflowOptions, name: string): unknown {
  return (options as unknown as Record<string, unknown>)[name];
}

function capitalized(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function provisionalName(prompt: string): string {
  const line = prompt.split(/\r?\n/, 1)[0] ?? prompt;
  const characters = [...line];
  return characters.length <= PROVISIONAL_NAME_LENGTH
    ? line
    : `${characters.slice(0, PROVISIONAL_NAME_LENGTH).join('')}…`;
}
