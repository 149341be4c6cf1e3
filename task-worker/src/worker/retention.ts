import { type JobQueue, openQueue, openWorker, type QueueBackend } from '@story-tree/story-tasks';

const RETENTION_QUEUE = 'story-task-retention';
const NIGHTLY = { id: 'nightly', pattern: '0 3 * * *' };
/** No two nights are further apart, not even when summer time ends. */
const LONGEST_NIGHT_MS = 26 * 60 * 60 * 1_000;
/** Somebody is at a night that is due well before that. */
const LATEST_MS = 60 * 60 * 1_000;
const FINISHED_JOBS_KEPT = 30;
const OFTEN = 1_000_000;

/** Forgets what is old every night, on a queue of its own, so that long tasks do not hold it up. */
export interface Retention {
  /** Sets the clock, unless it is set. @throws StoryTreeError `queue_unavailable`, `database_unavailable` */
  schedule(): Promise<void>;
  run(): void;
  close(): Promise<void>;
}

/** @throws StoryTreeError `database_unavailable` */
export async function openRetention(backend: QueueBackend, prune: () => Promise<void>): Promise<Retention> {
  const queue: JobQueue<object> = await openQueue(backend, RETENTION_QUEUE);
  const worker = await openWorker<object>(backend, RETENTION_QUEUE, prune, { maxStalledCount: OFTEN });
  return {
    schedule: () =>
      backend.ask(async () => {
        const known = await queue.getJobScheduler(NIGHTLY.id);
        const inMs = (known?.next ?? Number.POSITIVE_INFINITY) - Date.now();
        if (known?.pattern === NIGHTLY.pattern && inMs > -LATEST_MS && inMs <= LONGEST_NIGHT_MS) return;
        if (known !== undefined && !(await forgetNights(queue))) return;
        const opts = { removeOnComplete: FINISHED_JOBS_KEPT, removeOnFail: FINISHED_JOBS_KEPT };
        await queue.upsertJobScheduler(NIGHTLY.id, { pattern: NIGHTLY.pattern }, { name: 'prune', data: {}, opts });
      }),
    run: () => void worker.run().catch(backend.onError),
    async close() {
      await worker.close();
      await queue.close();
    },
  };
}

/**
 * Empties the queue, so that nights can be scheduled again: the id of each carries its time, and a clock that was set
 * leaves some behind that are in the way.
 * @returns false while one is under way; the next look finds it ended
 */
async function forgetNights(queue: JobQueue<object>): Promise<boolean> {
  if ((await queue.getActiveCount()) > 0) return false;
  await queue.obliterate({ force: true });
  return true;
}
