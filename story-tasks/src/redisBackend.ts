import { type Log, StoryTreeError } from '@story-tree/domain';
import { createRedisBackend, QueueKeys } from 'bullmq';
import { Redis } from 'ioredis';
import pTimeout from 'p-timeout';
import { createConnectionLog, type QueueBackend } from './queueBackend.ts';

const PATIENCE_MS = 5_000;
const RECONNECT_MS = { step: 200, longest: 2_000 };

const reconnecting = {
  retryStrategy: (times: number) => Math.min(times * RECONNECT_MS.step, RECONNECT_MS.longest),
};
/** Whoever adds a job hears at once that it did not work; a worker waits. */
const adding = { ...reconnecting, enableOfflineQueue: false, maxRetriesPerRequest: 1 };
const working = { ...reconnecting, maxRetriesPerRequest: null };

/** In the scores of delayed jobs, BullMQ leaves this much room for a counter. */
const SCORES_PER_MS = 0x1000;

const keys = new QueueKeys();
const keyOf = (queue: string, type: string) => keys.toKey(queue, type);

/** What BullMQ says of one job; everything else that it emits is about the connection. */
const ABOUT_A_JOB = /lock|job/i;

/**
 * Jobs on Redis. Connections come back by themselves.
 * @throws StoryTreeError `not_configured` for an address that cannot work
 */
export function openRedisBackend(url: string, log: Log): QueueBackend {
  checkRedisUrl(url);
  const connection = createConnectionLog('Redis', log);
  const probe = new Redis(url, { ...reconnecting, lazyConnect: true, commandTimeout: PATIENCE_MS });
  probe.on('error', connection.lost);
  return {
    factory(name, options, more = {}) {
      const connectionOptions = more.withBlockingConnection ? working : adding;
      const backend = createRedisBackend(name, { ...options, connection: { url, ...connectionOptions } }, more);
      backend.on('ready', connection.works);
      return backend;
    },
    ask,
    ready: async () => undefined,
    onError(error) {
      if (ABOUT_A_JOB.test(error.message)) log('warn', 'The queue reports an error.', { reason: error.message });
      else connection.lost(error);
    },
    onBack: connection.onBack,
    async limitLock(queue, jobId, ms) {
      await ask(async () => {
        for (const key of [keyOf(queue, `${jobId}:lock`), keyOf(queue, 'stalled-check')]) {
          if ((await probe.pttl(key)) > ms) await probe.pexpire(key, ms);
        }
      });
    },
    delayedBeyond: (queue, ms) =>
      ask(() => probe.zrangebyscore(keyOf(queue, 'delayed'), (Date.now() + ms) * SCORES_PER_MS, '+inf')),
    async ping() {
      await ask(() => probe.ping());
    },
    async close() {
      probe.disconnect();
    },
  };
}

/** Until the first connection stands, BullMQ keeps calls waiting without end; nobody who adds a job should. */
async function ask<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await pTimeout(call(), { milliseconds: PATIENCE_MS });
  } catch (cause) {
    throw new StoryTreeError(
      'queue_unavailable',
      'The queue on Redis cannot be reached: check that Redis is running and that REDIS_URL is right, then try again.',
      { cause },
    );
  }
}

/** @throws StoryTreeError `not_configured` */
export function checkRedisUrl(url: string): void {
  const protocol = URL.canParse(url) ? new URL(url).protocol : undefined;
  if (protocol === 'redis:' || protocol === 'rediss:') return;
  throw new StoryTreeError(
    'not_configured',
    'REDIS_URL is not the address of a Redis server: write it as redis://user:password@host:6379, or unset it to keep jobs in the database.',
  );
}
