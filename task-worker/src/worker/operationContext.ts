import { loadStoryState } from '@story-tree/agent-backend';
import type { Log, Story, StoryLease, StoryTask } from '@story-tree/domain';
import { createEstimator, workflowDependencies } from '@story-tree/runtime';
import type { Patience } from '@story-tree/supabase';
import type { OperationContext } from '../operations/operation.ts';
import type { WorkerContext } from './context.ts';
import type { TaskReporter } from './reporter.ts';
import { sweptAssets } from './sweptAssets.ts';

export interface OperationRun {
  task: StoryTask;
  story: Story;
  resumed: boolean;
  lease: StoryLease;
  running: { signal: AbortSignal };
  patience: Patience;
  log: Log;
}

/**
 * What an operation works with, bound to the lease on its story.
 * @throws StoryTreeError `not_configured`
 */
export function operationContext(
  { environment, database, tasks, slots }: WorkerContext,
  { task, story, resumed, lease, running, patience, log }: OperationRun,
  reporter: TaskReporter,
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
