import { loadStoryState } from '@story-tree/agent-backend';
import {
  type AssetStore,
  type Log,
  type Story,
  type StoryLease,
  type StoryTask,
  type StoryTaskRun,
  StoryTreeError,
} from '@story-tree/domain';
import { createEstimator, requireStoryFolders, workflowDependencies } from '@story-tree/runtime';
import type { Patience, TakenUpTask } from '@story-tree/supabase';
import type { OperationContext } from '../operations/operation.ts';
import type { WorkerContext } from './context.ts';
import type { TaskReporter } from './reporter.ts';
import type { RunningTask } from './runningTasks.ts';
import type { JobAttempt } from './taskOutcome.ts';

/** A task that has been taken up together with its story. */
export interface TakenTask extends TakenUpTask {
  job: JobAttempt;
  story: Story;
  lease: StoryLease;
}

/** A task that is being run by this worker alone. */
export interface TaskAtWork extends TakenTask {
  run: StoryTaskRun;
  reporter: TaskReporter;
  running: RunningTask;
  /** With a database that is away, while the task is not told to stop. */
  patience: Patience;
  log: Log;
}

/**
 * What an operation works with, bound to the lease on its story.
 * @throws StoryTreeError `not_configured`
 */
export function operationContext(
  { environment, database, tasks, slots }: WorkerContext,
  { task, story, resumed, lease, reporter, running, patience, log }: TaskAtWork,
): OperationContext {
  const dependencies = workflowDependencies({
    environment,
    database,
    mode: story.mode,
    fence: lease,
    patience,
    slots,
    runId: task.id,
    maxCostUsd: limitOf(task),
    signal: running.signal,
    log,
    onProgress: reporter.onProgress,
  });
  const workflow = { ...dependencies, assets: sweptAssets(dependencies.assets, story.id) };
  return {
    task,
    story,
    resumed,
    workflow,
    requireFolders: (scope) =>
      requireStoryFolders(environment, scope).catch((cause) => {
        // Where that is on this machine is for its log alone.
        const sentence = 'The worker cannot store what this would make. `story-tree doctor` says why and what to do.';
        throw new StoryTreeError('file_error', sentence, { cause });
      }),
    async estimate({ scope, overlap }) {
      const state = await loadStoryState(workflow.repositories, story.id);
      const counts = { text: slots.max('text'), image: slots.max('image'), speech: slots.max('speech') };
      const estimator = createEstimator(environment, database);
      return patience.outlast(() => estimator.estimate({ mode: story.mode, scope, state, slots: counts, overlap }));
    },
    chatHistory: () => patience.outlast(() => tasks.chatHistory(story.id)),
    record: reporter.record,
    draft: reporter.draft,
  };
}

/** What the task may spend, in US dollars; its payload was checked when it was asked for. */
function limitOf({ payload: { maxCost } }: StoryTask): number | undefined {
  return typeof maxCost === 'number' ? maxCost : undefined;
}

/**
 * The store for a story's one writer: what earlier writers staged is swept away before the first file is staged. Tasks
 * that stage none need not look for it.
 */
export function sweptAssets(assets: AssetStore, storyId: string): AssetStore {
  let swept: Promise<void> | undefined;
  return {
    ...assets,
    async stage(path, bytes) {
      swept ??= assets.sweep(storyId);
      await swept;
      return await assets.stage(path, bytes);
    },
  };
}
