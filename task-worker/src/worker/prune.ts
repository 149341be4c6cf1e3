import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type Environment, places } from '@story-tree/agent-backend/runtime';
import { storyFolder } from '@story-tree/domain';
import type { StoryTaskQueue } from '../client/storyTaskQueue.ts';
import type { WorkerContext } from './context.ts';

const DEFAULT_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Forgets tasks that ended too long ago to matter, stories that were deleted before that, and what may be left of both in
 * the queue and on disk.
 */
export async function prune(
  { environment, tasks, log }: Pick<WorkerContext, 'environment' | 'tasks' | 'log'>,
  queue: Pick<StoryTaskQueue, 'forgetFailed'>,
): Promise<void> {
  const keptMs = (environment.STORY_TASK_RETENTION_DAYS ?? DEFAULT_DAYS) * DAY_MS;
  const gone = await tasks.prune(new Date(Date.now() - keptMs));
  for (const storyId of gone.storyIds) await removeFolders(environment, storyId);
  await queue.forgetFailed(keptMs);
  log('info', 'Old tasks are forgotten.', { tasks: gone.tasks, stories: gone.storyIds.length });
}

/** The deletion has removed them; but a file may have been held open by somebody then. */
async function removeFolders(environment: Environment, storyId: string): Promise<void> {
  const { assets, output } = places(environment);
  for (const folder of [path.join(assets, storyFolder(storyId)), path.join(output, storyId)]) {
    await rm(folder, { recursive: true, force: true });
  }
}
