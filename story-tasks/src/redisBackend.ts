import { type Log, StoryTreeError } from '@story-tree/domain';
import { createRedisBackend, QueueKeys } from 'bullmq';
import { ReplyError } from 'ioredis';
import pTimeout from 'p-timeout';
import type { QueueBackend } from './queueBackend.ts';
import { redisAddress } from './redisAddress.ts';
import { createRedisClients } from './redisClients.ts';
import { problemOf, redisError } from './redisProblems.ts';
import { PATIENCE_MS, RECONNECTING, watchRedis } from './redisWatch.ts';

/** Whoever adds a job hears at once that it did not work; a worker waits. */
const ADDING = { ...RECONNECTING, enableOfflineQueue: false, maxRetriesPerRequest: 1 };
const WORKING = { ...RECONNECTING, maxRetriesPerRequest: null };

/** Nobody waits longer for a Redis that is away, or stands still, to say goodbye. */
const CLOSE_MS = 500;

/** In the scores of delayed jobs, BullMQ leaves this much room for a counter. */
const SCORES_PER_MS = 0x1000;

const keys = new QueueKeys();
const keyOf = (queue: string, type: string) => keys.toKey(queue, type);

/** What BullMQ says of one job; everything else that it emits is about the connection. */
const ABOUT_A_JOB = /lock|job/i;

/**
 * Jobs on Redis. Connections come back by themselves.
 * @throws StoryTreeError `not_configured` for an address or a Redis that cannot keep the queue
 */
export async function openRedisBackend(url: string, log: Log): Promise<QueueBackend> {
  const address = redisAddress(url);
  const watch = await watchRedis(address, log);
  const { client } = watch;
  const clients = createRedisClients(url);

  /** Until the first connection stands, BullMQ keeps calls waiting without end; nobody who adds a job should. */
  async function ask<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await pTimeout(call(), { milliseconds: PATIENCE_MS });
    } catch (cause) {
      watch.look();
      const message =
        cause instanceof ReplyError
          ? redisError(address, problemOf(cause)).message
          : 'The queue on Redis cannot be reached: check that Redis is running and that REDIS_URL is right, then try again.';
      throw new StoryTreeError('queue_unavailable', message, { cause });
    }
  }

  return {
    factory(name, options, more = {}) {
      const connection = clients.open(more.withBlockingConnection ? WORKING : ADDING);
      const backend = createRedisBackend(name, { ...options, connection }, more);
      backend.on('ready', watch.look);
      const close = backend.close.bind(backend);
      backend.close = (force) => pTimeout(close(force || watch.isAway()), { milliseconds: CLOSE_MS, message: false });
      return backend;
    },
    ask,
    ready: async () => undefined,
    onError(error) {
      if (ABOUT_A_JOB.test(error.message)) log('warn', 'The queue reports an error.', { reason: error.message });
      else watch.look();
    },
    onBack: watch.onBack,
    async limitLock(queue, jobId, ms) {
      await ask(async () => {
        for (const key of [keyOf(queue, `${jobId}:lock`), keyOf(queue, 'stalled-check')]) {
          if ((await client.pttl(key)) > ms) await client.pexpire(key, ms);
        }
      });
    },
    delayedBeyond: (queue, ms) =>
      ask(() => client.zrangebyscore(keyOf(queue, 'delayed'), (Date.now() + ms) * SCORES_PER_MS, '+inf')),
    ping: () => watch.check(),
    async close() {
      watch.close();
      clients.closeAll();
    },
  };
}
