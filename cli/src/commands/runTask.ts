import {
  type AgentWorkflowOptions,
  bundleFolder,
  isWorkflowTask,
  resumeStoryWorkflow,
  type StoryWorkflowTask,
  type TaskResult,
  taskDefinition,
  WORKFLOW_TASK_NAMES,
} from '@story-tree/agent-backend';
import { StoryTreeError } from '@story-tree/domain';
import { places } from '@story-tree/runtime';
import { type CommandOutcome, type CommandResult, money } from '../output.ts';
import { showEstimate, spentBy } from '../runFigures.ts';
import { chooseStory, type Session, type StoryWork, withStory } from '../session.ts';
import { taskOptions } from '../taskFlags.ts';

export interface RunTaskFlags extends StoryWork {
  task: string;
  storyId?: string | undefined;
}

/** What a command line asks for, checked before the database is opened. */
export interface CheckedTask {
  task: StoryWorkflowTask;
  options: object;
}

/** @throws StoryTreeError `usage` */
export function checkTask(flags: RunTaskFlags): CheckedTask {
  const { task } = flags;
  if (!isWorkflowTask(task)) {
    throw new StoryTreeError('usage', `There is no task "${task}". The tasks are: ${WORKFLOW_TASK_NAMES.join(', ')}.`);
  }
  return { task, options: taskOptions(taskDefinition(task), { ...flags }) };
}

/** Runs one workflow task. `result` is filled in as the run gets on. */
export async function runTask(
  session: Session,
  flags: RunTaskFlags,
  { task, options }: CheckedTask,
  result: CommandResult,
): Promise<CommandOutcome> {
  const storyId = await chooseStory(session, flags.storyId);
  Object.assign(result, { storyId, task });
  let done: TaskResult;
  let took = '';
  try {
    done = await withStory(session, storyId, flags, async (dependencies, story) => {
      const counted = await showEstimate(session, story, { ...flags, scope: { task, options } });
      const workflow = await resumeStoryWorkflow(storyId, withOptions(dependencies, task, options));
      const made = await workflow.runTask(task);
      took = await counted.outcome();
      return made;
    });
  } finally {
    result.cost = (await spentBy(session)).costUsd;
  }
  if (task === 'CREATE_PLAYER_BUNDLE') result.bundlePath = bundlePath(session, storyId, options);
  return { result, lines: [...summary(done, result), `Took ${took}.`] };
}

function withOptions(
  dependencies: AgentWorkflowOptions,
  task: StoryWorkflowTask,
  options: object,
): AgentWorkflowOptions {
  return { ...dependencies, [`${taskDefinition(task).name}TaskOptions`]: options };
}

function bundlePath({ environment }: Session, storyId: string, options: { outputPath?: string }): string {
  return bundleFolder({ outputRoot: places(environment).output, outputPath: options.outputPath, storyId });
}

function summary({ task, status, made, total }: TaskResult, { bundlePath, cost = 0 }: CommandResult): string[] {
  const what = status === 'skipped' ? 'nothing was missing' : `made ${made} of ${total}`;
  return [`${task}: ${what}, cost ${money(cost)}`, ...(bundlePath ? [`Bundle: ${bundlePath}`] : [])];
}
