import { createStory, type NewStoryRequest } from './createStory.ts';
import type { TaskResult } from './engine.ts';
import { missingStory } from './state.ts';
import { type AgentWorkflowOptions, checkedOptions, givenRunner, optionsFor, runNamedTask } from './taskRunners.ts';
import { type StoryWorkflowTask, WORKFLOW_TASK_NAMES } from './tasks.ts';

export type { AgentWorkflowOptions } from './taskRunners.ts';

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
