import { hasEnded, type StoryTask } from '@story-tree/domain';
import { taskHolder, taskOfHolder } from '@story-tree/story-tasks';
import { createStoryTaskRun, takeUpStoryTask } from '@story-tree/supabase';
import type { WorkerContext } from './context.ts';
import { endWithoutStory } from './endWithoutStory.ts';
import { type Attempts, type JobOfTask, outcomeOfFault, type RunOutcome } from './runOutcome.ts';
import { runUnderLease } from './runUnderLease.ts';
import { WAITING, waitingFor } from './taskEvents.ts';

/** Takes a task as far as it goes now. Never fails: whatever happens is an outcome. */
export async function runStoryTask(context: WorkerContext, job: JobOfTask): Promise<RunOutcome> {
  try {
    const taken = await takeUpStoryTask(context.database.kysely, {
      taskId: job.taskId,
      holder: taskHolder(job.taskId),
      ttlMs: context.lockMs,
    });
    if (taken === null) return { kind: 'ended' };
    const { task, resumed, lease, story } = taken;
    if (lease === null || story === null) return await withoutLease(context, task, job.attempts);
    try {
      return await runUnderLease(context, { job, task, story, resumed, lease });
    } finally {
      await lease.release();
    }
  } catch (thrown) {
    return outcomeOfFault(thrown, context.log);
  }
}

/** Somebody else writes to the story, or it is gone. */
async function withoutLease(context: WorkerContext, task: StoryTask, attempts: Attempts): Promise<RunOutcome> {
  if (hasEnded(task.status)) return { kind: 'ended' };
  const { storyId } = task;
  if (storyId === null || (await context.stories.get(storyId)) === null)
    return endWithoutStory(context, task, attempts);
  const holder = await context.leases.holder(storyId);
  // Null when it has been given back just now.
  if (holder !== null) await tellThatItWaits(context, task, holder);
  return { kind: 'later' };
}

/** Once, however often it is looked at again. */
async function tellThatItWaits({ tasks, database }: WorkerContext, task: StoryTask, holder: string): Promise<void> {
  const other = taskOfHolder(holder);
  // An earlier run of this very task whose worker was killed: its lease is about to run out.
  if (other === task.id) return;
  const [newest] = await tasks.events(task.id, 1);
  if (newest?.step === WAITING) return;
  const who = other === null ? `the ${holder}` : 'another task';
  await createStoryTaskRun(database.kysely, task.id).record([waitingFor(who)]);
}
