import { createFileAssetStore, removeStoryFiles } from '@story-tree/agent-backend';
import {
  hasEnded,
  holderInWords,
  type StoryTask,
  type StoryTaskRun,
  StoryTreeError,
  taskHolder,
  taskOfHolder,
} from '@story-tree/domain';
import { places } from '@story-tree/runtime';
import { createStoryTaskRun, takeUpStoryTask } from '@story-tree/supabase';
import type { WorkerContext } from './context.ts';
import { type ToldFailure, toldFailure } from './failure.ts';
import { runUnderLease } from './runUnderLease.ts';
import {
  ATTEMPT_FAILED,
  type Attempts,
  alreadyEnded,
  attemptFailed,
  begun,
  CANCELLED,
  failed,
  type JobAttempt,
  NO_TASK,
  outcomeOfFault,
  type RunOutcome,
  succeeded,
  WAITING,
  waitingFor,
} from './taskOutcome.ts';

const GONE = new StoryTreeError(
  'not_found',
  'The story has been deleted, so there is nothing left to do for this task.',
);

/** More than any log has lines about its attempts. */
const WHOLE_LOG = 1_000_000;

/** Takes a task as far as it goes now. Never fails: whatever happens is an outcome. */
export async function runStoryTask(context: WorkerContext, job: JobAttempt): Promise<RunOutcome> {
  try {
    const taken = await takeUpStoryTask(context.database.kysely, {
      taskId: job.taskId,
      holder: taskHolder(job.taskId),
      ttlMs: context.lockMs,
    });
    if (taken === null) return { kind: 'failed', message: NO_TASK };
    const { task, resumed, lease, story } = taken;
    if (lease === null || story === null) return await withoutLease(context, task, job);
    try {
      if (hasEnded(task.status)) return await endedBefore(context, task, job);
      return await runUnderLease(context, { job, task, story, resumed, lease });
    } finally {
      await lease.release();
    }
  } catch (thrown) {
    return outcomeOfFault(thrown, context.log);
  }
}

/** Somebody else writes to the story, or it is gone. */
async function withoutLease(context: WorkerContext, task: StoryTask, job: JobAttempt): Promise<RunOutcome> {
  if (hasEnded(task.status)) return await endedBefore(context, task, job);
  const { storyId } = task;
  if (storyId === null || (await context.stories.get(storyId)) === null)
    return endWithoutStory(context, task, job.attempts);
  const holder = await context.leases.holder(storyId);
  // Null when it has been given back just now.
  if (holder !== null) await tellThatItWaits(context, task, holder);
  return { kind: 'later' };
}

/**
 * A worker may have died between the end of the task and that of its job, the task may have been cancelled in this moment,
 * and a queue that forgot the job was given it again: then the job ends well. Somebody who retries a job, or adds it again,
 * is to see that nothing was done.
 */
async function endedBefore({ tasks }: WorkerContext, task: StoryTask, job: JobAttempt): Promise<RunOutcome> {
  const log = await tasks.events(task.id, WHOLE_LOG);
  const failures = log.filter(({ step }) => step === ATTEMPT_FAILED).length;
  const wasRetried = job.attempts.failed > failures;
  const wasAddedLater = task.finishedAt !== null && job.addedAt > task.finishedAt;
  if (!wasRetried && !wasAddedLater) return { kind: 'ended' };
  return { kind: 'failed', message: alreadyEnded(task.status) };
}

/** Once, however often it is looked at again. */
async function tellThatItWaits({ tasks, database }: WorkerContext, task: StoryTask, holder: string): Promise<void> {
  // An earlier run of this very task whose worker was killed: its lease is about to run out.
  if (taskOfHolder(holder) === task.id) return;
  const [newest] = await tasks.events(task.id, 1);
  if (newest?.step === WAITING) return;
  await createStoryTaskRun(database.kysely, task.id).record([waitingFor(holderInWords(holder))]);
}

/**
 * Ends a task whose story is deleted: nobody can lease that any more, so nobody else writes to it. The deletion itself is
 * continued.
 */
async function endWithoutStory(context: WorkerContext, task: StoryTask, attempts: Attempts): Promise<RunOutcome> {
  const run = createStoryTaskRun(context.database.kysely, task.id);
  const isDeletion = task.operation === 'DELETE_STORY';
  if (task.cancelRequestedAt !== null && !isDeletion) {
    await run.finish({ status: 'cancelled' }, CANCELLED);
    return { kind: 'ended' };
  }
  await run.start(begun(task.status === 'running', attempts));
  return isDeletion
    ? await finishDeletion(context, task, run, attempts)
    : await fail(run, toldFailure(GONE, context.redact));
}

/** Its worker was killed or stopped when the story was gone and its files were not, or could not remove them. */
async function finishDeletion(
  context: WorkerContext,
  { storyId }: StoryTask,
  run: StoryTaskRun,
  attempts: Attempts,
): Promise<RunOutcome> {
  const { assets, output: outputRoot } = places(context.environment);
  try {
    if (storyId !== null) {
      await removeStoryFiles(storyId, { assets: createFileAssetStore(assets), settings: { outputRoot } });
    }
  } catch (thrown) {
    const failure = toldFailure(thrown, context.redact);
    const count = attempts.failed + 1;
    if (count >= attempts.allowed) return await fail(run, failure);
    await run.record([attemptFailed(count, attempts.allowed, failure)]);
    return { kind: 'attempt-failed', message: failure.message };
  }
  await run.finish({ status: 'succeeded' }, succeeded({ message: 'The story is deleted.' }));
  return { kind: 'ended' };
}

async function fail(run: StoryTaskRun, failure: ToldFailure): Promise<RunOutcome> {
  const { code, message } = failure;
  await run.finish({ status: 'failed', error: { code, message } }, failed(failure));
  return { kind: 'failed', message };
}
