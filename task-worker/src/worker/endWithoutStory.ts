import { createFileAssetStore, removeStoryFiles } from '@story-tree/agent-backend';
import {
  type StoryTask,
  type StoryTaskFailure,
  type StoryTaskRun,
  StoryTreeError,
  toStoryTreeError,
} from '@story-tree/domain';
import { places } from '@story-tree/runtime';
import { createStoryTaskRun } from '@story-tree/supabase';
import type { WorkerContext } from './context.ts';
import type { Attempts, RunOutcome } from './runOutcome.ts';
import { attemptFailed, begun, CANCELLED, failed, succeeded } from './taskEvents.ts';

const GONE = new StoryTreeError(
  'not_found',
  'The story has been deleted, so there is nothing left to do for this task.',
);

/**
 * Ends a task whose story is deleted: nobody can lease that any more, so nobody else writes to it. The deletion itself is
 * gone on with.
 */
export async function endWithoutStory(
  context: WorkerContext,
  task: StoryTask,
  attempts: Attempts,
): Promise<RunOutcome> {
  const run = createStoryTaskRun(context.database.kysely, task.id);
  const isDeletion = task.operation === 'DELETE_STORY';
  if (task.cancelRequestedAt !== null && !isDeletion) {
    await run.finish({ status: 'cancelled' }, CANCELLED);
    return { kind: 'ended' };
  }
  await run.start(begun(task.status === 'running', attempts));
  return isDeletion ? await finishDeletion(context, task, run, attempts) : await fail(run, GONE);
}

/** Its worker was killed or stopped when the story was gone and its files were not, or could not remove them. */
async function finishDeletion(
  { environment }: WorkerContext,
  { storyId }: StoryTask,
  run: StoryTaskRun,
  attempts: Attempts,
): Promise<RunOutcome> {
  const { assets, output: outputRoot } = places(environment);
  try {
    if (storyId !== null) {
      await removeStoryFiles(storyId, { assets: createFileAssetStore(assets), settings: { outputRoot } });
    }
  } catch (thrown) {
    const { code, message } = toStoryTreeError(thrown);
    const count = attempts.failed + 1;
    if (count >= attempts.allowed) return await fail(run, { code, message });
    await run.record([attemptFailed(count, attempts.allowed, { code, message })]);
    return { kind: 'attempt-failed', message };
  }
  await run.finish({ status: 'succeeded' }, succeeded({ message: 'The story is deleted.' }));
  return { kind: 'ended' };
}

async function fail(run: StoryTaskRun, { code, message }: StoryTaskFailure): Promise<RunOutcome> {
  await run.finish({ status: 'failed', error: { code, message } }, failed({ code, message }));
  return { kind: 'failed', message };
}
