import { type Log, type StoryTasksRepository, toStoryTreeError } from '@story-tree/domain';

/** Often enough that nobody looks long at a task that seems to run. */
const EVERY_MS = 2_000;

export interface StalledTaskOptions {
  tasks: Pick<StoryTasksRepository, 'tellStalled'>;
  log: Log;
  /** Between two looks, in milliseconds. */
  everyMs?: number;
}

/**
 * Looks now and then for running tasks whose worker has gone, and tells of them in their logs. Whoever shows tasks does
 * this, not the workers alone: the last of them may be the one that has gone. Returns the way to end it.
 */
export function watchStalledTasks({ tasks, log, everyMs = EVERY_MS }: StalledTaskOptions): () => void {
  let isLooking = false;

  async function look(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    try {
      const count = await tasks.tellStalled();
      if (count > 0) log('warn', 'Tasks have lost their worker and wait for another.', { count });
    } catch (thrown) {
      const { code } = toStoryTreeError(thrown);
      // Without the database nobody is shown anything either.
      if (code !== 'database_unavailable')
        log('warn', 'Tasks without a worker could not be looked for.', { code, error: thrown });
    } finally {
      isLooking = false;
    }
  }

  const timer = setInterval(() => void look(), everyMs).unref();
  return () => clearInterval(timer);
}
