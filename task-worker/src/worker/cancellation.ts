import type { StoryTaskFeed, StoryTasksRepository } from '@story-tree/domain';
import type { RunningTasks } from './runningTasks.ts';

/** The net below notifications, which may get lost. */
const POLL_MS = 1_000;

export interface CancellationOptions {
  feed: Pick<StoryTaskFeed, 'onCancelRequested'>;
  tasks: Pick<StoryTasksRepository, 'get'>;
  running: RunningTasks;
  pollEveryMs?: number;
}

/** Stops tasks of this process soon after somebody asked for it. Returns the way to end that. */
export function watchCancellations({ feed, tasks, running, pollEveryMs = POLL_MS }: CancellationOptions): () => void {
  const stopListening = feed.onCancelRequested((taskId) => running.cancel(taskId));
  let isLooking = false;

  async function look(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    try {
      for (const taskId of running.ids()) {
        const task = await tasks.get(taskId);
        if (task?.cancelRequestedAt) running.cancel(taskId);
      }
    } catch {
      // Without the database nobody can ask either; the next look tells more.
    } finally {
      isLooking = false;
    }
  }

  const timer = setInterval(() => void look(), pollEveryMs);
  return () => {
    clearInterval(timer);
    stopListening();
  };
}
