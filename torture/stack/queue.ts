import { openStoryTaskQueue, type StoryTaskQueue } from '@story-tree/story-tasks';
import type { Stack } from './stack.ts';

/** Does something with a stack's queue, as one more of its programs. */
export async function withQueue<T>(
  { database, redis }: Pick<Stack, 'database' | 'redis'>,
  work: (queue: StoryTaskQueue) => Promise<T>,
): Promise<T> {
  const environment = { REDIS_URL: redis?.url };
  const queue = await openStoryTaskQueue({ environment, database, log: () => undefined });
  try {
    return await work(queue);
  } finally {
    await queue.close();
  }
}
