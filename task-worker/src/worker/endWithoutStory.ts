import { type StoryTask, StoryTreeError } from '@story-tree/domain';
import { createStoryTaskRun } from '@story-tree/supabase';
import type { WorkerContext } from './context.ts';
import type { RunOutcome } from './runOutcome.ts';
import { CANCELLED, failed, RESUMED, STARTED, succeeded } from './taskEvents.ts';

const GONE = new StoryTreeError(
  'not_found',
  'The story has been deleted, so there is nothing left to do for this task.',
);

/** Ends a task whose story is deleted: nobody can lease that any more, so nobody else writes to it. */
export async function endWithoutStory({ database }: WorkerContext, task: StoryTask): Promise<RunOutcome> {
  const run = createStoryTaskRun(database.kysely, task.id);
  if (task.cancelRequestedAt !== null) {
    await run.finish({ status: 'cancelled' }, CANCELLED);
    return { kind: 'ended' };
  }
  await run.start(task.status === 'running' ? RESUMED : STARTED);
  if (task.operation === 'DELETE_STORY') {
    // Its worker was killed between the deletion and this.
    await run.finish({ status: 'succeeded' }, succeeded({ message: 'The story is deleted.' }));
    return { kind: 'ended' };
  }
  const { code, message } = GONE;
  await run.finish({ status: 'failed', error: { code, message } }, failed({ code, message }));
  return { kind: 'failed', message };
}
