import type { Log } from '@story-tree/domain';
import type { Environment } from '@story-tree/runtime';
import type { Database } from '@story-tree/supabase';
import { Queue, Worker, type WorkerOptions } from 'bullmq';
import { openPostgresBackend } from './postgresBackend.ts';
import type { JobProcessor, JobQueue, JobWorker, NoConnection, QueueBackend } from './queueBackend.ts';
import { openRedisBackend } from './redisBackend.ts';

/** How long a worker waits before it tries a lost connection again. */
const RETRY_MS = 1_000;

/** What `QueueEvents` could look back on. Nobody does: tasks have a log of their own. */
const KEPT_EVENTS = 1_000;

export interface QueueBackendOptions {
  environment: Pick<Environment, 'REDIS_URL'>;
  database: Database;
  log: Log;
}

/**
 * The one place that decides where jobs are kept: on Redis if `REDIS_URL` names one, else in PostgreSQL beside everything else.
 * @throws StoryTreeError `database_unavailable`, `not_configured` also for a Redis that has to be changed before it can
 * keep the queue; one that does not answer is waited for in the background
 */
export async function openQueueBackend({ environment, database, log }: QueueBackendOptions): Promise<QueueBackend> {
  const { REDIS_URL } = environment;
  return REDIS_URL === undefined ? await openPostgresBackend(database, log) : await openRedisBackend(REDIS_URL, log);
}

/**
 * Opens a queue by its name, for those who add to it or look at it.
 * @throws StoryTreeError `database_unavailable`
 */
export async function openQueue<Data>(backend: QueueBackend, name: string): Promise<JobQueue<Data>> {
  const queue: JobQueue<Data> = new Queue(
    name,
    { connection: {}, streams: { events: { maxLen: KEPT_EVENTS } } },
    backend.factory,
  );
  queue.on('error', backend.onError);
  return ready(backend, queue);
}

/**
 * A worker that takes no job before it is told to run.
 * @throws StoryTreeError `database_unavailable`
 */
export async function openWorker<Data>(
  backend: QueueBackend,
  name: string,
  processor: JobProcessor<Data>,
  options: Partial<WorkerOptions<NoConnection>> = {},
): Promise<JobWorker<Data>> {
  const worker: JobWorker<Data> = new Worker(
    name,
    processor,
    { runRetryDelay: RETRY_MS, ...options, autorun: false, connection: {} },
    backend.factory,
  );
  worker.on('error', backend.onError);
  return ready(backend, worker);
}

async function ready<Opened extends { waitUntilReady(): Promise<void>; close(): Promise<void> }>(
  backend: QueueBackend,
  opened: Opened,
): Promise<Opened> {
  try {
    await backend.ready(opened);
    return opened;
  } catch (error) {
    await opened.close();
    throw error;
  }
}
