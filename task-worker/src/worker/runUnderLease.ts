import {
  ERROR_CODES,
  hasEnded,
  type Log,
  type NewStoryTaskEvent,
  type StoryTaskOutcome,
  toStoryTreeError,
} from '@story-tree/domain';
import { untilAborted } from '@story-tree/story-tasks';
import { createPatience, createStoryTaskRun } from '@story-tree/supabase';
import type { WorkerContext } from './context.ts';
import { toldFailure } from './failure.ts';
import { operationContext, type TakenTask, type TaskAtWork } from './operationContext.ts';
import { createReporter } from './reporter.ts';
import { severityOf } from './severity.ts';
import { attemptFailed, begun, CANCELLED, failed, HANDED_BACK, type RunOutcome, succeeded } from './taskOutcome.ts';

/**
 * Runs a task as its story's one writer and ends it, unless it is to continue later.
 * @throws StoryTreeError when the state of the task cannot be written
 */
export async function runUnderLease(context: WorkerContext, taken: TakenTask): Promise<RunOutcome> {
  const { task, resumed, lease } = taken;
  if (task.cancelRequestedAt !== null) {
    await createStoryTaskRun(context.database.kysely, task.id, lease).finish({ status: 'cancelled' }, CANCELLED);
    return { kind: 'ended' };
  }
  const { id: taskId, storyId, operation } = task;
  const log: Log = (level, message, fields) => context.log(level, message, { taskId, storyId, operation, ...fields });
  log('info', resumed ? 'The task is resumed.' : 'The task is started.');
  const running = context.running.begin(taskId, lease.lost);
  const patience = createPatience({ signal: running.signal, log });
  const run = createStoryTaskRun(context.database.kysely, taskId, lease, patience);
  const { job } = taken;
  const first = begun(resumed, job.attempts);
  const reporter = createReporter({ task, run, first, onPercent: job.onPercent, onFailure: running.abort });
  try {
    return await carryOut(context, { ...taken, run, reporter, running, patience, log });
  } finally {
    running.end();
  }
}

async function carryOut(context: WorkerContext, work: TaskAtWork): Promise<RunOutcome> {
  const { task, reporter, running, job, log } = work;
  try {
    const result = await untilAborted(running.signal, async () => {
      const done = await context.runOperation(task, operationContext(context, work));
      await reporter.flush();
      return done;
    });
    // Beside the end, not after it: there, the job's own end would have to wait for this.
    job.onPercent(100);
    await finish(context, work, { status: 'succeeded' }, succeeded(result));
    log('info', 'The task has succeeded.');
    return { kind: 'ended' };
  } catch (thrown) {
    // What kept earlier lines from being stored will keep the last one, too.
    await reporter.flush().catch(() => undefined);
    return await settle(context, work, thrown);
  }
}

/** Ends the task according to what stopped it, or leaves it to be resumed. */
async function settle(context: WorkerContext, work: TaskAtWork, thrown: unknown): Promise<RunOutcome> {
  const { run, reporter, log } = work;
  switch (toStoryTreeError(thrown).code) {
    case 'cancelled':
      await finish(context, work, { status: 'cancelled' }, CANCELLED);
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
      return fail(context, work, thrown);
  }
}

async function fail(context: WorkerContext, work: TaskAtWork, thrown: unknown): Promise<RunOutcome> {
  const { run, reporter, job, log } = work;
  const failure = toldFailure(thrown, context.redact);
  const { code, message } = failure;
  const { level, fields } = severityOf(thrown);
  const { failed: failures, allowed } = job.attempts;
  if (failures + 1 < allowed && ERROR_CODES[code].retry) {
    log(level === 'error' ? 'warn' : level, 'An attempt at the task has failed.', fields);
    await run.record([...reporter.unsent(), attemptFailed(failures + 1, allowed, failure)]);
    return { kind: 'attempt-failed', message };
  }
  log(level, 'The task has failed.', fields);
  await finish(context, work, { status: 'failed', error: { code, message } }, failed(failure));
  return { kind: 'failed', message };
}

/** The end of hours of work is worth waiting for the database. */
async function finish(
  { tasks }: WorkerContext,
  { task, run, reporter, lease, running, log }: TaskAtWork,
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
