import { ModelSlots, slotCounts } from '@story-tree/agent-backend';
import { type Log, STORY_TASK_QUEUE, type StoryTaskJob } from '@story-tree/domain';
import { type Environment, type Secrets, secretsOf } from '@story-tree/runtime';
import {
  type JobWorker,
  openQueueBackend,
  openStoryTaskQueueOn,
  openWorker,
  type QueueBackend,
  watchStalledTasks,
} from '@story-tree/story-tasks';
import {
  createStoryLeases,
  createStoryRepositories,
  createStoryTasksRepository,
  type Database,
  openStoryTaskFeed,
  STORY_LEASE_MS,
} from '@story-tree/supabase';
import pTimeout from 'p-timeout';
import { runOperation } from '../operations/index.ts';
import { AS_OFTEN_AS_NEEDED, type RunOperation, type WorkerContext } from './context.ts';
import { createJobProcessor } from './jobProcessor.ts';
import { reconcile, repeatedly } from './reconciler.ts';
import { openRetention, prune } from './retention.ts';
import { createRunningTasks, watchCancellations } from './runningTasks.ts';

const RECONCILE_MS = 60_000;
/** How long jobs may take to follow their tasks when the worker ends. They do so later if the queue is away. */
const SETTLE_MS = 1_200;
/** How long closing may take when something is away. */
const CLOSE_MS = 3_000;

export interface WorkerSetting {
  environment: Environment;
  database: Database;
  log: Log;
  /** What tasks may not say of their failures; the secrets of the environment unless told. */
  secrets?: Secrets;
  /** Runs the operations; the product's own unless told otherwise. */
  runOperation?: RunOperation;
  /** How often rows and queue are compared. */
  reconcileEveryMs?: number;
}

export interface StoryTaskWorker {
  /** Takes no more tasks and hands back those at work; resolved within a few seconds unless the queue is away. */
  close(): Promise<void>;
}

/**
 * Starts to work on story tasks.
 * @throws StoryTreeError `database_unavailable`, `not_configured`; a Redis that does not answer yet is waited for
 */
export async function startWorker(setting: WorkerSetting): Promise<StoryTaskWorker> {
  const { environment, database, log, reconcileEveryMs = RECONCILE_MS } = setting;
  const context = workerContext(setting);
  // What is opened last is closed first.
  const opened = new AsyncDisposableStack();
  const close = () => pTimeout(opened.disposeAsync(), { milliseconds: CLOSE_MS, message: false });
  try {
    const backend = await openQueueBackend({ environment, database, log });
    opened.defer(() => backend.close());
    const feed = await openStoryTaskFeed({ database, log: (message) => log('info', message) });
    opened.defer(() => feed.close());
    const queue = await openStoryTaskQueueOn(backend);
    opened.defer(() => queue.close());
    const retention = await openRetention(backend, () => prune(context, queue));
    opened.defer(() => retention.close());
    const reconciling = repeatedly(reconcileEveryMs, log, async () => {
      await reconcile(context, queue);
      await retention.schedule();
    });
    opened.defer(reconciling.stop);
    backend.onBack(reconciling.soon);
    opened.defer(watchCancellations({ ...context, feed }));
    opened.defer(watchStalledTasks(context));
    const worker = await openTaskWorker(context, backend);
    opened.defer(() => handBack(context, worker));
    worker.run().catch(backend.onError);
    retention.run();
    return { close };
  } catch (error) {
    await close();
    throw error;
  }
}

function workerContext(setting: WorkerSetting): WorkerContext {
  const { environment, database, log, runOperation: run = runOperation, secrets = secretsOf(environment) } = setting;
  const { TASK_WORKER_LOCK_MS: lockMs = STORY_LEASE_MS } = environment;
  return {
    environment,
    database,
    tasks: createStoryTasksRepository(database.kysely),
    stories: createStoryRepositories(database.kysely).stories,
    leases: createStoryLeases(database.kysely, { ttlMs: lockMs }),
    lockMs,
    running: createRunningTasks(),
    slots: new ModelSlots(slotCounts()),
    runOperation: run,
    log,
    redact: secrets.redact,
  };
}

async function openTaskWorker(context: WorkerContext, backend: QueueBackend): Promise<JobWorker<StoryTaskJob>> {
  const { environment, lockMs, log } = context;
  const worker = await openWorker<StoryTaskJob>(backend, STORY_TASK_QUEUE, createJobProcessor(context), {
    concurrency: environment.TASK_WORKER_CONCURRENCY ?? 1,
    lockDuration: lockMs,
    stalledInterval: lockMs,
    maxStalledCount: AS_OFTEN_AS_NEEDED,
  });
  worker.on('stalled', (taskId) => log('warn', 'The worker of a task is gone; the task is resumed.', { taskId }));
  return worker;
}

/** In this order: a worker that still took jobs would take up again what it has just handed back. */
async function handBack({ running }: WorkerContext, worker: JobWorker<StoryTaskJob>): Promise<void> {
  const closed = worker.close();
  running.interruptAll();
  await running.idle();
  await pTimeout(closed, { milliseconds: SETTLE_MS, message: false });
}
