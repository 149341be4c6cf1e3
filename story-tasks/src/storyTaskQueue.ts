import { operationDefinition, STORY_TASK_QUEUE, type StoryTask, type StoryTaskJob } from '@story-tree/domain';
import type { JobsOptions } from 'bullmq';
import type { JobQueue, QueueBackend } from './queueBackend.ts';
import { openQueue, openQueueBackend, type QueueBackendOptions } from './queues.ts';

/** Succeeded and cancelled tasks live on in their rows; their jobs are only kept for a look at the queue. */
const KEEP_COMPLETED_MS = 24 * 60 * 60 * 1_000;

/** Longer than any pause between two attempts, or before a story is looked at again. */
const LONGEST_DELAY_MS = 60_000;

/** How many old jobs are removed at a time. */
const FORGET_AT_MOST = 10_000;

const COUNTED_STATES = ['waiting', 'active', 'delayed', 'completed', 'failed'] as const;

/** How many jobs are in which state. */
export type QueueMetrics = Readonly<Record<(typeof COUNTED_STATES)[number], number>>;

/** Where a job stands: it has ended, it waits for a worker or its time, a worker has it, or it does not exist. */
export type JobPresence = 'dead' | 'waiting' | 'active' | 'missing';

/** The jobs of story tasks. Everything that it throws is a `StoryTreeError`: `queue_unavailable`, `database_unavailable`. */
export interface StoryTaskQueue {
  /** Adds a task's job; one that exists already stays as it is. A new task cannot have a job yet. */
  add(task: StoryTask, about?: { isNew: boolean }): Promise<void>;
  /** Removes a task's job, unless a worker has it. @returns whether there was a job to remove */
  remove(taskId: string): Promise<boolean>;
  presence(taskId: string): Promise<JobPresence>;
  /** The ids of tasks whose jobs wait for a worker or for their time, or that a worker has, or had when it died. */
  unfinished(): Promise<string[]>;
  /** Shortens a worker's lock on a task to this many milliseconds: unless it is renewed, another worker gets the task. */
  limitLock(taskId: string, ms: number): Promise<void>;
  /** Makes jobs due now that are delayed for longer than any job should be, as after a clock was set back. */
  limitDelays(): Promise<void>;
  /** Removes jobs that failed longer ago than this many milliseconds. */
  forgetFailed(olderThanMs: number): Promise<void>;
  /** Removes jobs that were completed some time ago. */
  forgetCompleted(): Promise<void>;
  /** How many workers are connected. */
  workers(): Promise<number>;
  metrics(): Promise<QueueMetrics>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the queue for those who add to it.
 * @throws StoryTreeError `database_unavailable`, `not_configured`
 */
export async function openStoryTaskQueue(options: QueueBackendOptions): Promise<StoryTaskQueue> {
  const backend = await openQueueBackend(options);
  try {
    const queue = await openStoryTaskQueueOn(backend);
    return {
      ...queue,
      async close() {
        await queue.close();
        await backend.close();
      },
    };
  } catch (error) {
    await backend.close();
    throw error;
  }
}

/**
 * The queue on a backend that somebody else closes.
 * @throws StoryTreeError `database_unavailable`
 */
export async function openStoryTaskQueueOn(backend: QueueBackend): Promise<StoryTaskQueue> {
  const queue: JobQueue<StoryTaskJob> = await openQueue(backend, STORY_TASK_QUEUE);
  const { ask, ping } = backend;

  async function presence(taskId: string): Promise<JobPresence> {
    const state = await queue.getJobState(taskId);
    if (state === 'unknown') return 'missing';
    if (state === 'active') return 'active';
    return state === 'completed' || state === 'failed' ? 'dead' : 'waiting';
  }

  return {
    add: (task, { isNew } = { isNew: false }) =>
      ask(async () => {
        // Adding onto a dead job of the same id would do nothing.
        if (!isNew && (await presence(task.id)) === 'dead') await queue.remove(task.id);
        await queue.add(task.operation, jobOf(task), jobOptions(task));
      }),
    remove: (taskId) => ask(async () => (await queue.remove(taskId)) > 0),
    presence: (taskId) => ask(() => presence(taskId)),
    unfinished: () =>
      ask(async () => {
        const jobs = await queue.getJobs(['waiting', 'delayed', 'prioritized', 'active']);
        return jobs.flatMap(({ id }) => id ?? []);
      }),
    limitLock: (taskId, ms) => backend.limitLock(STORY_TASK_QUEUE, taskId, ms),
    limitDelays: () =>
      ask(async () => {
        for (const taskId of await backend.delayedBeyond(STORY_TASK_QUEUE, LONGEST_DELAY_MS)) {
          const job = await queue.getJob(taskId);
          if (await job?.isDelayed()) await job?.promote();
        }
      }),
    forgetFailed: (olderThanMs) =>
      ask(async () => {
        await queue.clean(olderThanMs, FORGET_AT_MOST, 'failed');
      }),
    forgetCompleted: () =>
      ask(async () => {
        await queue.clean(KEEP_COMPLETED_MS, FORGET_AT_MOST, 'completed');
      }),
    workers: () => ask(() => queue.getWorkersCount()),
    metrics: () => ask(async () => (await queue.getJobCounts(...COUNTED_STATES)) as QueueMetrics),
    ping,
    close: () => queue.close(),
  };
}

function jobOf({ id, operation, storyId, payload }: StoryTask): StoryTaskJob {
  return { taskId: id, operation, ...(storyId === null ? {} : { storyId }), payload: { ...payload } };
}

function jobOptions({ id, operation }: StoryTask): JobsOptions {
  const { attempts, backoffMs } = operationDefinition(operation).retry;
  return {
    jobId: id,
    attempts,
    ...(backoffMs > 0 ? { backoff: { type: 'exponential', delay: backoffMs } } : {}),
    // Not by BullMQ: on PostgreSQL it would look through all that are kept each time that one ends.
    removeOnComplete: false,
    removeOnFail: false,
  };
}
