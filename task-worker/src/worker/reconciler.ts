import { setTimeout as sleep } from 'node:timers/promises';
import { hasEnded, type Log, type StoryTask, taskHolder, toStoryTreeError } from '@story-tree/domain';
import type { StoryTaskQueue } from '@story-tree/story-tasks';
import { createStoryTaskRun, limitStoryLeases, mapDatabaseError, withPooledAdvisoryLock } from '@story-tree/supabase';
import type { WorkerContext } from './context.ts';
import { CANCELLED } from './taskOutcome.ts';

/** Any number will do, as long as all workers take the same. */
const ADVISORY_LOCK = 5_371_026_010;
/** What could not be done for want of a connection is tried again this soon. */
const SOON_MS = 5_000;
/** Longer than it takes, since the session that has the lock is silent meanwhile. */
const SILENCE_SECONDS = 120;

/**
 * Makes rows and queue agree: the rows are right; jobs that are over and done with go after a while. One process at a
 * time; the others leave it to that one.
 * @throws StoryTreeError when either cannot be reached; the next run then puts it right
 */
export async function reconcile(context: WorkerContext, queue: StoryTaskQueue): Promise<void> {
  const lock = { key: ADVISORY_LOCK, silenceSeconds: SILENCE_SECONDS };
  try {
    await withPooledAdvisoryLock(context.database.pool, lock, () => compare(context, queue));
  } catch (thrown) {
    throw mapDatabaseError(thrown);
  }
}

async function compare(context: WorkerContext, queue: StoryTaskQueue): Promise<void> {
  await limitStoryLeases(context.database.kysely);
  await queue.limitDelays();
  // In this order: what is added to the queue in the meantime has its row by then.
  const unfinished = await queue.unfinished();
  const active = await context.tasks.listActive();
  for (const task of active) await careFor(context, task.id, () => repairTask(context, queue, task));
  const stillActive = new Set(active.map(({ id }) => id));
  for (const taskId of unfinished) {
    if (!stillActive.has(taskId)) await careFor(context, taskId, () => dropJob(context, queue, taskId));
  }
  await queue.forgetCompleted();
}

/** One task that causes trouble does not keep the others waiting. */
async function careFor({ log }: WorkerContext, taskId: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    const { code } = toStoryTreeError(thrown);
    if (code === 'database_unavailable' || code === 'queue_unavailable') throw thrown;
    log('warn', 'A task and its job could not be reconciled.', { taskId, code, error: thrown });
  }
}

async function repairTask(context: WorkerContext, queue: StoryTaskQueue, task: StoryTask): Promise<void> {
  if (task.cancelRequestedAt !== null && (await finishCancelled(context, task))) {
    await queue.remove(task.id);
    return;
  }
  const presence = await queue.presence(task.id);
  if (presence === 'waiting') return;
  if (presence === 'active') return await limitDeadLock(context, queue, task);
  // It may have ended since it was looked up.
  const now = await context.tasks.get(task.id);
  if (now === null || hasEnded(now.status)) return;
  await queue.add(now);
  context.log('info', 'A task whose job was missing is back in the queue.', { taskId: task.id });
}

/** Whoever works on a task holds its story; without that, a lock on its job is what a dead worker has left. */
async function limitDeadLock({ leases, lockMs }: WorkerContext, queue: StoryTaskQueue, task: StoryTask): Promise<void> {
  const holder = task.storyId === null ? null : await leases.holder(task.storyId);
  if (holder !== taskHolder(task.id)) await queue.limitLock(task.id, lockMs);
}

/** A worker that was asked to stop and died before it did. @returns false while a worker runs the task */
async function finishCancelled({ leases, database, log }: WorkerContext, task: StoryTask): Promise<boolean> {
  const { id, storyId } = task;
  if (storyId === null || (await leases.holder(storyId)) !== null) return false;
  const lease = await leases.acquire(storyId, taskHolder(id)).catch(() => null);
  if (lease === null) return false;
  try {
    await createStoryTaskRun(database.kysely, id, lease).finish({ status: 'cancelled' }, CANCELLED);
    log('info', 'A task that no worker was running any more is cancelled.', { taskId: id });
    return true;
  } finally {
    await lease.release();
  }
}

async function dropJob({ tasks, lockMs, log }: WorkerContext, queue: StoryTaskQueue, taskId: string): Promise<void> {
  const task = await tasks.get(taskId);
  if (task !== null && !hasEnded(task.status)) return;
  // A worker may have died between the end of the task and that of its job; one that lives ends it at once.
  await queue.limitLock(taskId, lockMs);
  // It may have ended since it was looked up, and is then kept for a while like any other.
  if ((await queue.presence(taskId)) === 'dead') return;
  if (await queue.remove(taskId)) log('info', 'A job whose task has ended is removed from the queue.', { taskId });
}

/** Work that is done now and then. */
export interface Repetition {
  /** Does not wait for the next time; work that is going on already is done once more after it. */
  soon(): void;
  /** Resolved when no work is going on. */
  stop(): Promise<void>;
}

/** Does work now and then, one time after the other. */
export function repeatedly(everyMs: number, log: Log, work: () => Promise<void>): Repetition {
  const stop = new AbortController();
  let pause = new AbortController();

  async function attempt(): Promise<number> {
    try {
      await work();
      return everyMs;
    } catch (thrown) {
      const { code } = toStoryTreeError(thrown);
      const isAway = code === 'database_unavailable' || code === 'queue_unavailable';
      // Lost connections are told by those who keep them.
      if (!isAway) log('error', 'Rows and queue could not be compared.', { code, error: thrown });
      return Math.min(everyMs, SOON_MS);
    }
  }

  async function loop(): Promise<void> {
    while (!stop.signal.aborted) {
      pause = new AbortController();
      const signal = AbortSignal.any([stop.signal, pause.signal]);
      const pauseMs = await attempt();
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  const looping = loop();
  return {
    soon: () => pause.abort(),
    async stop() {
      stop.abort();
      await looping;
    },
  };
}
