import type { StoryTaskJob } from '@story-tree/domain';
import type { JobProcessor } from '@story-tree/story-tasks';
import { DelayedError, type Job, UnrecoverableError, WaitingError } from 'bullmq';
import type { WorkerContext } from './context.ts';
import { createLatestSender } from './latestSender.ts';
import { runStoryTask } from './storyTaskRunner.ts';
import { NO_TASK, type RunOutcome } from './taskOutcome.ts';

const WHOLE = 100;
const DELAY_MS = { first: 1_000, longest: 15_000 };

/** Between BullMQ and the tasks: the row of a task decides, its job follows. */
export function createJobProcessor(context: WorkerContext): JobProcessor<StoryTaskJob> {
  return async (job, token) => {
    const { taskId } = job.data;
    if (taskId !== job.id) throw new UnrecoverableError(NO_TASK);
    const outcome = await runStoryTask(context, {
      taskId,
      addedAt: new Date(job.timestamp),
      attempts: { failed: job.attemptsMade, allowed: job.opts.attempts ?? 1 },
      onPercent: createProgressMirror((percent) => job.updateProgress(percent)),
    });
    await settleJob(job, token, outcome);
  };
}

/** @throws what makes BullMQ do with the job as the outcome says */
async function settleJob(job: Job, token: string | undefined, outcome: RunOutcome): Promise<void> {
  switch (outcome.kind) {
    case 'ended':
      return;
    case 'failed':
      throw new UnrecoverableError(outcome.message);
    case 'attempt-failed':
      throw new Error(outcome.message);
    case 'later':
      // If this fails, the lock runs out, and the job is picked up again all the same.
      await job.moveToDelayed(Date.now() + delayOf(job), token).catch(() => undefined);
      throw new DelayedError();
    case 'handed-back':
      await job.moveToWait(token).catch(() => undefined);
      throw new WaitingError();
    case 'lost':
      throw new DelayedError();
    default:
      return outcome satisfies never;
  }
}

/** Longer each time that the job is looked at. */
function delayOf({ attemptsStarted }: Job): number {
  return Math.min(DELAY_MS.longest, DELAY_MS.first * 2 ** Math.max(0, attemptsStarted - 1));
}

/**
 * Passes on the latest percent, one at a time. The queue is not worth waiting for: the task's row has the truth. A job that
 * ends without having shown a percent says enough by that.
 */
export function createProgressMirror(send: (percent: number) => Promise<void>): (percent: number) => void {
  const sender = createLatestSender(send);
  let latest = 0;
  return (percent) => {
    if (percent === latest || (percent === WHOLE && latest === 0)) return;
    latest = percent;
    sender.show(percent);
  };
}
