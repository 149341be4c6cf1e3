import {
  ERROR_CODES,
  hasEnded,
  type StoryLease,
  type StoryTask,
  type StoryTaskOutcome,
  type StoryTaskRun,
  toStoryTreeError,
} from '@story-tree/domain';
import { createStoryTaskRun } from '@story-tree/supabase';
import type { Log } from '../log.ts';
import type { WorkerContext } from './context.ts';
import { operationContext } from './operationContext.ts';
import { persistently } from './persistently.ts';
import { createReporter } from './reporter.ts';
import type { RunningTask } from './runningTasks.ts';
import type { Attempts, JobOfTask, RunOutcome } from './runOutcome.ts';
import { attempt, attemptFailed, CANCELLED, failed, HANDED_BACK, RESUMED, STARTED, succeeded } from './taskEvents.ts';
import { untilAborted } from './untilAborted.ts';

/** A task in the hands of this worker alone. */
interface HeldTask {
  task: StoryTask;
  /** It was begun before. */
  resumed: boolean;
  lease: StoryLease;
  run: StoryTaskRun;
  running: RunningTask;
  job: JobOfTask;
  log: Log;
}

/**
 * Runs a task as its story's one writer and ends it, unless it is to go on later.
 * @throws StoryTreeError when the state of the task cannot be read or written
 */
export async function runUnderLease(context: WorkerContext, job: JobOfTask, lease: StoryLease): Promise<RunOutcome> {
  // Read again: while this worker took the lease, another one may have been at it.
  const stored = await context.tasks.get(job.taskId);
  if (stored === null || hasEnded(stored.status)) return { kind: 'ended' };
  const run = createStoryTaskRun(context.database.kysely, stored.id, lease);
  if (stored.cancelRequestedAt !== null) {
    await run.finish({ status: 'cancelled' }, CANCELLED);
    return { kind: 'ended' };
  }
  const running = context.running.begin(stored.id, lease.lost);
  try {
    const resumed = stored.status === 'running';
    const task = await run.start(firstLine(resumed, job.attempts));
    const { id: taskId, storyId, operation } = task;
    const log: Log = (level, message, fields) => context.log(level, message, { taskId, storyId, operation, ...fields });
    log('info', resumed ? 'The task is taken up again.' : 'The task is started.');
    return await work(context, { task, resumed, lease, run, running, job, log });
  } finally {
    running.end();
  }
}

function firstLine(resumed: boolean, { failed: failures, allowed }: Attempts) {
  if (!resumed) return STARTED;
  return failures > 0 ? attempt(failures + 1, allowed) : RESUMED;
}

async function work(context: WorkerContext, held: HeldTask): Promise<RunOutcome> {
  const { task, run, running, job, log } = held;
  const reporter = createReporter({ task, run, onPercent: job.onPercent, onFailure: running.abort });
  try {
    const result = await untilAborted(running.signal, async () => {
      const done = await context.runOperation(task, await operationContext(context, held, reporter));
      await reporter.flush();
      return done;
    });
    await finish(held, { status: 'succeeded' }, succeeded(result));
    job.onPercent(100);
    log('info', 'The task has succeeded.');
    return { kind: 'ended' };
  } catch (thrown) {
    // What kept earlier lines from being stored will keep the last one, too.
    await reporter.flush().catch(() => undefined);
    return await settle(held, thrown);
  }
}

/** Ends the task by what stopped it, or leaves it to be gone on with. */
async function settle(held: HeldTask, thrown: unknown): Promise<RunOutcome> {
  const { run, log } = held;
  switch (toStoryTreeError(thrown).code) {
    case 'cancelled':
      await finish(held, { status: 'cancelled' }, CANCELLED);
      log('info', 'The task is cancelled.');
      return { kind: 'ended' };
    case 'interrupted':
      await run.record([HANDED_BACK]);
      log('info', 'The task is handed back.');
      return { kind: 'handed-back' };
    case 'lease_lost':
    case 'database_unavailable':
    case 'queue_unavailable':
    case 'task_ended':
      throw thrown;
    default:
      return fail(held, thrown);
  }
}

async function fail(held: HeldTask, thrown: unknown): Promise<RunOutcome> {
  const { run, job, log } = held;
  const { code, message } = toStoryTreeError(thrown);
  const { failed: failures, allowed } = job.attempts;
  if (failures + 1 < allowed && ERROR_CODES[code].retry) {
    log('warn', 'An attempt at the task has failed.', { code, error: thrown });
    await run.record([attemptFailed(failures + 1, allowed, { code, message })]);
    return { kind: 'attempt-failed', message };
  }
  log('error', 'The task has failed.', { code, error: thrown });
  await finish(held, { status: 'failed', error: { code, message } }, failed({ code, message }));
  return { kind: 'failed', message };
}

/** The end of hours of work is worth some patience with the database. */
async function finish(
  { run, lease }: HeldTask,
  outcome: StoryTaskOutcome,
  event: Parameters<StoryTaskRun['finish']>[1],
) {
  await persistently(() => run.finish(outcome, event), lease.lost);
}
