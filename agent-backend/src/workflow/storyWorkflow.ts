import { createStory, type NewStoryRequest } from './createStory.ts';
import { withDefaults } from './dependencies.ts';
import type { TaskResult } from './engine.ts';
import { runOverlapping } from './overlap.ts';
import { missingStory } from './state.ts';
import {
  type AgentWorkflowOptions,
  type CompleteWorkflowOptions,
  checkedOptions,
  givenRunner,
  optionsFor,
  runNamedTask,
} from './taskRunners.ts';
import { type StoryWorkflowTask, taskDefinition, WORKFLOW_TASK_NAMES } from './tasks.ts';
import type { OverlappingTask } from './taskTrack.ts';

export type { AgentWorkflowOptions } from './taskRunners.ts';

export interface RunAllOptions {
  /** The last task to run. */
  until?: StoryWorkflowTask | undefined;
  /** Runs tasks in parallel as far as they do not depend on each other; the results are the same. */
  overlap?: boolean | undefined;
}

export interface RunAllResult {
  /** The constitution at the end of the run, whether or not the run made it. */
  constitution: { title: string; markdown: string; targetSceneletsPerPath: number } | null;
  tasks: TaskResult[];
}

/** A handle on one story. It holds only the id: every call reads the stored state again. */
export interface StoryWorkflow {
  readonly storyId: string;
  /**
   * Runs one task with the options that the workflow was given for it. All errors reject the promise.
   * @throws StoryTreeError `usage` for an unknown name, `prerequisite_missing`, `already_completed`, and any failure of the
   * task itself
   */
  runTask(task: StoryWorkflowTask): Promise<TaskResult>;
  /** Runs all tasks, in the table's order unless they may overlap; complete ones are skipped, partial ones resumed. */
  runAllTasks(options?: RunAllOptions): Promise<RunAllResult>;
}

/**
 * Creates a story from a prompt, and returns a handle on it.
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
 * A handle on an existing story.
 * @throws StoryTreeError `not_found`
 */
export async function resumeStoryWorkflow(storyId: string, options: AgentWorkflowOptions): Promise<StoryWorkflow> {
  const story = await options.repositories.stories.get(storyId);
  if (story === null) throw missingStory(storyId);
  return workflowHandle(story.id, options);
}

function workflowHandle(storyId: string, given: AgentWorkflowOptions): StoryWorkflow {
  const options = withDefaults(given);
  return {
    storyId,
    runTask: (task) => runNamedTask(task, storyId, options),
    runAllTasks: (runAll) => runAllTasks(storyId, options, runAll ?? {}),
  };
}

const RESUMING = { resume: true };

async function runAllTasks(
  storyId: string,
  options: CompleteWorkflowOptions,
  { until, overlap = false }: RunAllOptions,
): Promise<RunAllResult> {
  const wanted = WORKFLOW_TASK_NAMES.slice(0, until && WORKFLOW_TASK_NAMES.indexOf(until) + 1);
  const run = (task: StoryWorkflowTask) => runNamedTask(task, storyId, options, RESUMING);
  // Finds options that contradict resuming before the first call is paid for.
  const planned = wanted.map((task): OverlappingTask => {
    const runner = givenRunner(task, options) && (() => run(task));
    const resuming = checkedOptions(task, { ...optionsFor(task, options), ...RESUMING });
    return { definition: taskDefinition(task), options: resuming, runner };
  });
  const tasks: TaskResult[] = [];
  if (overlap) tasks.push(...(await runOverlapping(planned, storyId, options)));
  else for (const task of wanted) tasks.push(await run(task));
  return { constitution: await constitutionOf(storyId, options), tasks };
}

async function constitutionOf(
  storyId: string,
  { repositories }: CompleteWorkflowOptions,
): Promise<RunAllResult['constitution']> {
  const story = await repositories.stories.get(storyId);
  if (story === null) throw missingStory(storyId);
  const { displayName: title, storyConstitution: markdown, targetSceneletsPerPath } = story;
  const known = markdown !== null && targetSceneletsPerPath !== null;
  return known ? { title, markdown, targetSceneletsPerPath } : null;
}
