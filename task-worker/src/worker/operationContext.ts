import { workflowDependencies } from '@story-tree/agent-backend/runtime';
import { type StoryLease, type StoryTask, StoryTreeError } from '@story-tree/domain';
import type { Log } from '../log.ts';
import type { OperationContext } from '../operations/operation.ts';
import type { WorkerContext } from './context.ts';
import type { TaskReporter } from './reporter.ts';

export interface OperationRun {
  task: StoryTask;
  resumed: boolean;
  lease: StoryLease;
  running: { signal: AbortSignal };
  log: Log;
}

/**
 * What an operation works with, bound to the lease on its story.
 * @throws StoryTreeError `not_found`, `not_configured`
 */
export async function operationContext(
  { environment, database, stories, tasks, slots }: WorkerContext,
  { task, resumed, lease, running, log }: OperationRun,
  reporter: TaskReporter,
): Promise<OperationContext> {
  const story = await stories.get(lease.storyId);
  if (story === null) throw new StoryTreeError('not_found', 'The story has been deleted.');
  const workflow = workflowDependencies({
    environment,
    database,
    mode: story.mode,
    fence: lease,
    slots,
    runId: task.id,
    signal: running.signal,
    log,
    onProgress: reporter.onProgress,
  });
  await workflow.assets.sweep(story.id);
  return {
    task,
    story,
    resumed,
    workflow,
    chatHistory: () => tasks.chatHistory(story.id),
    record: reporter.record,
    draft: reporter.draft,
  };
}
