import {
  ERROR_CODES,
  hasEnded,
  type Log,
  type NewStoryTaskEvent,
  type Story,
  type StoryLease,
  type StoryTask,
  type StoryTaskOutcome,
  type StoryTaskRun,
  toStoryTreeError,
} from '@story-tree/domain';
import { createPatience, createStoryTaskRun, type Patience } from '@story-tree/supabase';
import type { WorkerContext } from './context.ts';
import { operationContext } from './operationContext.ts';
import { createReporter, type TaskReporter } from './reporter.ts';
import type { RunningTask } from './runningTasks.ts';
import type { JobOfTask, RunOutcome } from './runOutcome.ts';
import { attemptFailed, begun, CANCELLED, failed, HANDED_BACK, succeeded } from './taskEvents.ts';
import { untilAborted } from './untilAborted.ts';

/** A task that has been taken up, and the lease on its story. */
export interface LeasedTask {
  job: JobOfTask;
  task: StoryTask;
  /** The task's. */
  story: Story;
  /** It was begun before. */
  resumed: boolean;
  lease: StoryLease;
}

/** A task in the hands of this worker alone. */
interface HeldTask extends LeasedTask {
  run: StoryTaskRun;
  reporter: TaskReporter;
  running: RunningTask;
  /** With a database that is away, while the task is not told to stop. */
  patience: Patience;
  log: Log;
}

/**
 * Runs a task as its story's one writer and ends it, unless it is to go on later.
 * @throws StoryTreeError when the state of the task cannot be written
 */
export async function runUnderLease(context: WorkerContext, leased: LeasedTask): Promise<RunOutcome> {
  const { task, resumed, lease } = leased;
  if (hasEnded(task.status)) return { kind: 'ended' };
  if (task.cancelRequestedAt !== null) {
    await createStoryTaskRun(context.database.kysely, task.id, lease).finish({ status: 'cancelled' }, CANCELLED);
    return { kind: 'ended' };
  }
  const { id: taskId, storyId, operation } = task;
  const log: Log = (level, message, fields) => context.log(level, message, { taskId, storyId, operation, ...fields });
  log('info', resumed ? 'The task is taken up again.' : 'The task is started.');
  const running = context.running.begin(taskId, lease.lost);
  const patience = createPatience({ signal: running.signal, log });
  const run = createStoryTaskRun(context.database.kysely, taskId, lease, patience);
  const { job } = leased;
  const first = begun(resumed, job.attempts);
  const reporter = createReporter({ task, run, first, onPercent: job.onPercent, onFailure: running.abort });
  try {
    return await work(context, { ...leased, run, reporter, running, patience, log });
  } finally {
    running.end();
  }
}

async function work(context: WorkerContext, held: HeldTask): Promise<RunOutcome> {
  const { task, reporter, running, job, log } = held;
  try {
    const result = await untilAborted(running.signal, async () => {
      const done = await context.runOperation(task, operationContext(context, held, reporter));
      await reporter.flush();
      return done;
    });
    // Beside the end, not after it: there, the job's own end would have to wait for this.
    job.onPercent(100);
    await finish(context, held, { status: 'succeeded' }, succeeded(result));
    log('info', 'The task has succeeded.');
    return { kind: 'ended' };
  } catch (thrown) {
    // What kept earlier lines from being stored will keep the last one, too.
    await reporter.flush().catch(() => undefined);
    return await settle(context, held, thrown);
  }
}

/** Ends the task by what stopped it, or leaves it to be gone on with. */
async function settle(context: WorkerContext, held: HeldTask, thrown: unknown): Promise<RunOutcome> {
  const { run, reporter, log } = held;
  switch (toStoryTreeError(thrown).code) {
    case 'cancelled':
      await finish(context, held, { status: 'cancelled' }, CANCELLED);
      log('info', 'The task is cancelled.');
      return { kind: 'ended' };
    case 'interrupted':
      await run.record([...reporter.unsent(), HANDED_BACK]);
      log('info', 'The task is handed back.');
      return { kind: 'handed-back' };
    case 'lease_lost':
    case 'database_unavailable':
    case 'queue_unavailable':
    case 'task_ended':
      throw thrown;
    default:
      return fail(context, held, thrown);
  }
}

async function fail(context: WorkerContext, held: HeldTask, thrown: unknown): Promise<RunOutcome> {
  const { run, reporter, job, log } = held;
  const { code, message } = toStoryTreeError(thrown);
  const { failed: failures, allowed } = job.attempts;
  if (failures + 1 < allowed && ERROR_CODES[code].retry) {
    log('warn', 'An attempt at the task has failed.', { code, error: thrown });
    await run.record([...reporter.unsent(), attemptFailed(failures + 1, allowed, { code, message })]);
    return { kind: 'attempt-failed', message };
  }
  log('error', 'The task has failed.', { code, error: thrown });
  await finish(context, held, { status: 'failed', error: { code, message } }, failed({ code, message }));
  return { kind: 'failed', message };
}

/** The end of hours of work is worth waiting for the database. */
async function finish(
  { tasks }: WorkerContext,
  { task, run, reporter, lease, running, log }: HeldTask,
  outcome: StoryTaskOutcome,
  event: NewStoryTaskEvent,
): Promise<void> {
  const events = [...reporter.unsent(), event];
  let isAgain = false;
  await createPatience({ signal: running.halted, log }).outlast(async () => {
    // The answer to the first attempt may have got lost: then the task has ended, and the lease went with that.
    if (isAgain && hasEnded((await tasks.get(task.id))?.status ?? task.status)) return;
    isAgain = true;
    await run.finish(outcome, ...events);
  });
  lease.forget();
}
