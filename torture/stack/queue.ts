import { openStoryTaskQueue, type StoryTaskQueue } from '@story-tree/story-tasks';
import type { Stack } from './stack.ts';

/** Does something with the queue of a stack, as one more program of it. */
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
