import { operationDefinition, STORY_TASK_QUEUE, type StoryTask, type StoryTaskJob } from '@story-tree/domain';
import type { JobsOptions } from 'bullmq';
import type { JobQueue, QueueBackend } from './queueBackend.ts';
import { openQueue, openQueueBackend, type QueueBackendOptions } from './queues.ts';

/** Succeeded and cancelled tasks live on in their rows; their jobs are only kept for a look at the queue. */
const KEEP_COMPLETED_MS = 24 * 60 * 60 * 1_000;

/** Longer than any pause between two attempts, or before a story is looked at again. */
const LONGEST_DELAY_MS = 60_000;

/** How many old jobs go at once. */
const FORGET_AT_MOST = 10_000;

const COUNTED_STATES = ['waiting', 'active', 'delayed', 'completed', 'failed'] as const;

/** How many jobs are in which state. */
export type QueueMetrics = Readonly<Record<(typeof COUNTED_STATES)[number], number>>;

/** What becomes of a job: nothing any more, something in due time, a worker is at it, or it is not there. */
export type JobPresence = 'dead' | 'waiting' | 'active' | 'missing';

/** The jobs of story tasks. Everything that it throws is a `StoryTreeError`: `queue_unavailable`, `database_unavailable`. */
export interface StoryTaskQueue {
  /** Hands a task to the workers; one that they have already stays as it is. A new one cannot have a job yet. */
  add(task: StoryTask, about?: { isNew: boolean }): Promise<void>;
  /** Takes a task away from the workers, unless one is at it. @returns whether there was a job to take away */
  remove(taskId: string): Promise<boolean>;
  presence(taskId: string): Promise<JobPresence>;
  /** The tasks that wait for a worker or for their time, and those that a worker is at, or was when it died. */
  unfinished(): Promise<string[]>;
  /** Takes a task from a worker that gives no sign of life for so many milliseconds, whatever its lock says. */
  limitLock(taskId: string, ms: number): Promise<void>;
  /** Nothing waits longer than any job is made to wait: whatever does, after a clock was set back, is due now. */
  limitDelays(): Promise<void>;
  /** Forgets jobs that failed longer ago than that. */
  forgetFailed(olderThanMs: number): Promise<void>;
  /** Forgets jobs that were completed some time ago. */
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
        return jobs.map(({ data }) => data.taskId);
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
