import { type Log, type StoryTreeError, toStoryTreeError } from '@story-tree/domain';
import { Redis } from 'ioredis';
import type { RedisAddress } from './redisAddress.ts';
import { checkRedis } from './redisCheck.ts';
import { inspectRedis } from './redisInspection.ts';
import { problemOf, redisError } from './redisProblems.ts';

/** How long a command may take, in milliseconds. */
export const PATIENCE_MS = 5_000;
const LOOK_AGAIN_MS = 1_000;
const RECONNECT_MS = { step: 200, longest: 2_000 };

/** For all connections: they come back by themselves. */
export const RECONNECTING = {
  retryStrategy: (times: number) => Math.min(times * RECONNECT_MS.step, RECONNECT_MS.longest),
};

/** Knows whether a Redis can keep the queue, and says so once whenever that changes. */
export interface RedisWatch {
  /** For what BullMQ has no words for. */
  client: Redis;
  /** @throws StoryTreeError `queue_unavailable` for what may pass, `not_configured` for what has to be changed first */
  check(): Promise<void>;
  /** Something went wrong, or a connection stands again: looks whether the Redis can keep the queue, now and until it can. */
  look(): void;
  /** Whether it has been told that the Redis cannot keep the queue, and not yet that it can again. */
  isAway(): boolean;
  /** Calls back when a Redis that could not keep the queue can again: it may have forgotten things meanwhile. */
  onBack(listener: () => void): void;
  close(): void;
}

/**
 * Looks at the Redis before anything is built on it, and from then on.
 * @throws StoryTreeError `not_configured` for what waiting cannot fix; whatever else is wrong is waited for
 */
export async function watchRedis(address: RedisAddress, log: Log): Promise<RedisWatch> {
  const listeners: (() => void)[] = [];
  let told: string | null = null;
  let wasAway = false;
  let isLooking = false;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  function tell(error: StoryTreeError): void {
    wasAway = true;
    if (told === error.message) return;
    told = error.message;
    const level = error.code === 'queue_unavailable' ? 'warn' : 'error';
    log(level, `${error.message} The queue waits for it.`, { code: error.code });
  }

  function tellThatItIsBack(): void {
    if (told !== null) log('info', `Redis at ${address.host} keeps the queue again.`);
    told = null;
    if (!wasAway) return;
    wasAway = false;
    for (const listener of listeners) listener();
  }

  await checkRedis(address).catch((error: StoryTreeError) => {
    if (error.code !== 'queue_unavailable') throw error;
    tell(error);
  });
  const client = new Redis(address.url, {
    ...RECONNECTING,
    ...{ commandTimeout: PATIENCE_MS, maxRetriesPerRequest: 1, enableReadyCheck: false, disableClientInfo: true },
  });

  async function check(): Promise<void> {
    const problem = await inspectRedis(client, address);
    if (problem !== null) throw redisError(address, problem);
  }

  async function look(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    clearTimeout(timer);
    try {
      await check();
      if (!isClosed) tellThatItIsBack();
    } catch (thrown) {
      if (isClosed) return;
      tell(toStoryTreeError(thrown));
      timer = setTimeout(lookSoon, LOOK_AGAIN_MS).unref();
    } finally {
      isLooking = false;
    }
  }
  const lookSoon = () => void look();

  client.on('error', (error) => tell(redisError(address, problemOf(error))));
  client.on('close', () => {
    wasAway = true;
  });
  client.on('ready', lookSoon);
  return {
    client,
    check,
    look: lookSoon,
    isAway: () => told !== null,
    onBack: (listener) => void listeners.push(listener),
    close() {
      isClosed = true;
      clearTimeout(timer);
      client.disconnect();
    },
  };
}
