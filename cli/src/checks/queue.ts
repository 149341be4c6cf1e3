import type { Finding } from './finding.ts';

const what = 'Queue';

/** Where tasks wait for a worker, and whether it answers. */
export async function checkQueue(redisUrl: string | undefined): Promise<Finding> {
  if (redisUrl === undefined) return { what, ok: true, detail: 'in the database; REDIS_URL would move it to Redis' };
  // Loaded here alone: BullMQ and ioredis take longer to load than most commands take.
  const { findRedisProblem } = await import('@story-tree/story-tasks');
  const problem = await findRedisProblem(redisUrl);
  return problem === null
    ? { what, ok: true, detail: `Redis at ${new URL(redisUrl).host} can keep the queue` }
    : { what, ok: false, detail: problem };
}
