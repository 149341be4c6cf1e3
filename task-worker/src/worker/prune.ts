import { rm } from 'node:fs/promises';
import path from 'node:path';
import { storyFolder } from '@story-tree/domain';
import { type Environment, places } from '@story-tree/runtime';
import type { StoryTaskQueue } from '@story-tree/story-tasks';
import type { WorkerContext } from './context.ts';

const DEFAULT_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Removes what is left of deleted stories on disk, and forgets tasks that ended too long ago to matter, stories that were
 * deleted before that, and what may be left of both in the queue.
 */
export async function prune(
  { environment, tasks, log }: Pick<WorkerContext, 'environment' | 'tasks' | 'log'>,
  queue: Pick<StoryTaskQueue, 'forgetFailed'>,
): Promise<void> {
  const keptMs = (environment.STORY_TASK_RETENTION_DAYS ?? DEFAULT_DAYS) * DAY_MS;
  // Before their rows: without these, nobody would know of the files any more.
  for (const storyId of await tasks.deletedStories()) await removeFolders(environment, storyId, log);
  const gone = await tasks.prune(keptMs);
  await queue.forgetFailed(keptMs);
  log('info', 'Old tasks are forgotten.', gone);
}

/** The deletion has removed them; but a file may have been held open by somebody then. */
async function removeFolders(environment: Environment, storyId: string, log: WorkerContext['log']): Promise<void> {
  const { assets, output } = places(environment);
  for (const folder of [path.join(assets, storyFolder(storyId)), path.join(output, storyId)]) {
    try {
      await rm(folder, { recursive: true, force: true });
    } catch (error) {
      log('warn', 'Files of a deleted story could not be removed.', { storyId, error });
    }
  }
}
