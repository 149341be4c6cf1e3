import { hasEnded, type StoryLease, type StoryTask, StoryTreeError } from '@story-tree/domain';
import { createStoryTaskRun } from '@story-tree/supabase';
import { taskHolder, taskOfHolder } from '../leaseHolder.ts';
import type { WorkerContext } from './context.ts';
import { endWithoutStory } from './endWithoutStory.ts';
import { type JobOfTask, outcomeOfFault, type RunOutcome } from './runOutcome.ts';
import { runUnderLease } from './runUnderLease.ts';
import { WAITING, waitingFor } from './taskEvents.ts';

/** Takes a task as far as it goes now. Never fails: whatever happens is an outcome. */
export async function runStoryTask(context: WorkerContext, job: JobOfTask): Promise<RunOutcome> {
  try {
    const task = await context.tasks.get(job.taskId);
    if (task === null || hasEnded(task.status)) return { kind: 'ended' };
    const lease = await takeStory(context, task);
    if (lease === 'gone') return await endWithoutStory(context, task);
    if (lease === 'busy') return { kind: 'later' };
    try {
      return await runUnderLease(context, job, lease);
    } finally {
      await lease.release();
    }
  } catch (thrown) {
    return outcomeOfFault(thrown, context.log);
  }
}

/** The right to write to the task's story, unless somebody else has it or the story has been deleted. */
async function takeStory(context: WorkerContext, task: StoryTask): Promise<StoryLease | 'busy' | 'gone'> {
  if (task.storyId === null) return 'gone';
  try {
    return await context.leases.acquire(task.storyId, taskHolder(task.id));
  } catch (thrown) {
    if (!(thrown instanceof StoryTreeError)) throw thrown;
    if (thrown.code === 'not_found') return 'gone';
    if (thrown.code !== 'story_busy') throw thrown;
    await tellThatItWaits(context, task, thrown.details.holder ?? 'somebody');
    return 'busy';
  }
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
