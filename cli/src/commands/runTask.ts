import {
  type AgentWorkflowOptions,
  bundleFolder,
  resumeStoryWorkflow,
  type TaskResult,
  taskDefinition,
} from '@story-tree/agent-backend';
import { places } from '@story-tree/runtime';
import { continuing } from '../continuation.ts';
import { chooseStory } from '../findStory.ts';
import { type CommandOutcome, type CommandResult, money } from '../output.ts';
import { showEstimate, spentBy } from '../runFigures.ts';
import type { Session } from '../session.ts';
import { type StoryWork, withStory } from '../storyWork.ts';
import { type CheckedTask, canResume } from '../taskFlags.ts';

export interface RunTaskFlags extends StoryWork {
  storyId?: string | undefined;
}

/** Runs one workflow task. `result` is filled in as the run gets on. */
export async function runTask(
  session: Session,
  flags: RunTaskFlags,
  checked: CheckedTask,
  result: CommandResult,
): Promise<CommandOutcome> {
  const { task, options } = checked;
  const { id: storyId } = await chooseStory(session, flags.storyId);
  Object.assign(result, { storyId, task });
  const bundlePath = task === 'CREATE_PLAYER_BUNDLE' ? bundlePathOf(session, storyId, options) : undefined;
  const scope = { task, options };
  let done: TaskResult;
  let took = '';
  try {
    done = await withStory(session, storyId, flags, async (dependencies, story) => {
      session.continueWith(continuation(session, storyId, checked));
      const counted = await showEstimate(session, story, { ...flags, scope });
      const workflow = await resumeStoryWorkflow(storyId, withOptions(dependencies, task, options));
      const made = await workflow.runTask(task);
      took = await counted.outcome();
      return made;
    });
  } finally {
    result.cost = (await spentBy(session)).costUsd;
  }
  if (bundlePath !== undefined) result.bundlePath = bundlePath;
  return { result, lines: [...summary(done, result), `Took ${took}.`] };
}

/** By default a task refuses what it finds made; what this run has made is to be kept. */
function continuation({ invocation: { args } }: Session, storyId: string, checked: CheckedTask): string[] {
  const again = continuing(args, storyId);
  return canResume(checked) && !checked.options.resume ? [...again, '--resume'] : again;
}

function withOptions(
  dependencies: AgentWorkflowOptions,
  task: CheckedTask['task'],
  options: object,
): AgentWorkflowOptions {
  return { ...dependencies, [`${taskDefinition(task).name}TaskOptions`]: options };
}

function bundlePathOf({ environment }: Session, storyId: string, options: { outputPath?: string }): string {
  return bundleFolder({ outputRoot: places(environment).output, outputPath: options.outputPath, storyId });
}

function summary({ task, status, made, total }: TaskResult, { bundlePath, cost = 0 }: CommandResult): string[] {
  const what = status === 'skipped' ? 'nothing was missing' : `made ${made} of ${total}`;
  return [`${task}: ${what}, cost ${money(cost)}`, ...(bundlePath ? [`Bundle: ${bundlePath}`] : [])];
}
