import type { Environment } from '../../agent-backend/src/runtime/index.ts';
import { createStoryTasksRepository } from '../../supabase/src/index.ts';
import { openStoryTaskQueue } from '../../task-worker/src/client/index.ts';
import { prune } from '../../task-worker/src/worker/prune.ts';
import type { Stack } from '../stack/stack.ts';

/** What workers do at night: what a removal has left of a story on a disk that was in trouble is to go now. */
export async function spendNight({ database, redis, assets, output }: Stack): Promise<void> {
  const environment: Environment = {
    STORY_TREE_ASSETS: assets,
    STORY_TREE_OUTPUT: output,
    REDIS_URL: redis?.url,
  };
  const log = () => undefined;
  const queue = await openStoryTaskQueue({ environment, database, log });
  try {
    await prune({ environment, tasks: createStoryTasksRepository(database.kysely), log }, queue);
  } finally {
    await queue.close();
  }
}
