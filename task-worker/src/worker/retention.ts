import { rm } from 'node:fs/promises';
import path from 'node:path';
import { storyFolder } from '@story-tree/domain';
import { type Environment, places } from '@story-tree/runtime';
import { type JobQueue, openQueue, openWorker, type QueueBackend, type StoryTaskQueue } from '@story-tree/story-tasks';
import pTimeout from 'p-timeout';
import { AS_OFTEN_AS_NEEDED, type WorkerContext } from './context.ts';

const RETENTION_QUEUE = 'story-task-retention';
const NIGHTLY = { id: 'nightly', pattern: '0 3 * * *' };
/** No two nights are further apart, not even when summer time ends. */
const LONGEST_NIGHT_MS = 26 * 60 * 60 * 1_000;
/** A run that is due longer ago than this was missed: it would have started well before. */
const LATEST_MS = 60 * 60 * 1_000;
const FINISHED_JOBS_KEPT = 30;
const CLOSE_MS = 300;
const DEFAULT_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** Deletes what is old every night, on a queue of its own, so that long tasks do not hold it up. */
export interface Retention {
  /** Schedules the nightly run, unless it is scheduled. @throws StoryTreeError `queue_unavailable`, `database_unavailable` */
  schedule(): Promise<void>;
  run(): void;
  close(): Promise<void>;
}

/** @throws StoryTreeError `database_unavailable` */
export async function openRetention(backend: QueueBackend, prune: () => Promise<void>): Promise<Retention> {
  const queue: JobQueue<object> = await openQueue(backend, RETENTION_QUEUE);
  const worker = await openWorker<object>(backend, RETENTION_QUEUE, prune, { maxStalledCount: AS_OFTEN_AS_NEEDED });
  return {
    schedule: () =>
      backend.ask(async () => {
        const scheduled = await queue.getJobScheduler(NIGHTLY.id);
        const inMs = (scheduled?.next ?? Number.POSITIVE_INFINITY) - Date.now();
        if (scheduled?.pattern === NIGHTLY.pattern && inMs > -LATEST_MS && inMs <= LONGEST_NIGHT_MS) return;
        if (scheduled !== undefined && !(await clearSchedule(queue))) return;
        const opts = { removeOnComplete: FINISHED_JOBS_KEPT, removeOnFail: FINISHED_JOBS_KEPT };
        await queue.upsertJobScheduler(NIGHTLY.id, { pattern: NIGHTLY.pattern }, { name: 'prune', data: {}, opts });
      }),
    run: () => void worker.run().catch(backend.onError),
    async close() {
      // A queue that is away would keep it waiting without end.
      await pTimeout(worker.close(), { milliseconds: CLOSE_MS, message: false });
      await queue.close();
    },
  };
}

/**
 * Empties the queue, so that nights can be scheduled again: the id of each carries its time, and a clock that was set
 * leaves some behind that are in the way.
 * @returns false while one is under way; the next look finds it ended
 */
async function clearSchedule(queue: JobQueue<object>): Promise<boolean> {
  if ((await queue.getActiveCount()) > 0) return false;
  await queue.obliterate({ force: true });
  return true;
}

/**
 * Removes what is left of deleted stories on disk, and forgets the logs of tasks that ended too long ago to matter, stories
 * that were deleted before that, and jobs that failed. Chats of living stories stay, and so does all that was spent.
 */
export async function prune(
  { environment, tasks, log }: Pick<WorkerContext, 'environment' | 'tasks' | 'log'>,
  queue: Pick<StoryTaskQueue, 'forgetFailed'>,
): Promise<void> {
  const keptMs = (environment.STORY_TASK_RETENTION_DAYS ?? DEFAULT_DAYS) * DAY_MS;
  // Before their rows: without these, nobody would know of the files any more.
  for (const storyId of await tasks.deletedStories()) await removeFolders(environment, storyId, log);
  const gone = await tasks.prune(keptMs);
  await queue.forgetFailed(keptMs);
  log('info', 'What is old was forgotten.', gone);
}

/** The deletion has removed them; but a file may have been held open by somebody then. */
async function removeFolders(environment: Environment, storyId: string, log: WorkerContext['log']): Promise<void> {
  const { assets, output } = places(environment);
  for (const folder of [path.join(assets, storyFolder(storyId)), path.join(output, storyId)]) {
    try {
      await rm(folder, { recursive: true, force: true });
    } catch (error) {
      log('warn', 'Files of a deleted story could not be removed.', { storyId, error });
    }
  }
}
