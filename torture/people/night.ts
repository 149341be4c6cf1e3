import { createStoryTasksRepository } from '@story-tree/supabase';
import { prune } from '../../task-worker/src/worker/retention.ts';
import { withQueue } from '../stack/queue.ts';
import type { Stack } from '../stack/stack.ts';

/** Does what workers do at night: it deletes what a removal has left of a story while the disk was in trouble. */
export async function spendNight(stack: Stack): Promise<void> {
  const environment = { STORY_TREE_ASSETS: stack.assets, STORY_TREE_OUTPUT: stack.output };
  const tasks = createStoryTasksRepository(stack.database.kysely);
  await withQueue(stack, (queue) => prune({ environment, tasks, log: () => undefined }, queue));
}
