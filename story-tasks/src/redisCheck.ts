import { toStoryTreeError } from '@story-tree/domain';
import { Redis, type RedisOptions } from 'ioredis';
import pTimeout, { TimeoutError } from 'p-timeout';
import { type RedisAddress, redisAddress } from './redisAddress.ts';
import { inspectRedis } from './redisInspection.ts';
import { HANGS_UP, problemOf, type RedisProblem, redisError, SILENT } from './redisProblems.ts';

const ANSWER_WITHIN_MS = 2_000;
const OTHERWISE_WITHIN_MS = 1_000;

/** One attempt that says nothing but what it is told to: other servers answer in unexpected ways. */
const ONCE = {
  lazyConnect: true,
  protocol: 2,
  enableReadyCheck: false,
  disableClientInfo: true,
  retryStrategy: () => null,
} as const satisfies RedisOptions;

/**
 * Whether the Redis of an address can keep the queue.
 * @returns null when it can, else a sentence for people that says what to do; it never holds the password
 */
export async function findRedisProblem(url: string): Promise<string | null> {
  try {
    await checkRedis(redisAddress(url));
    return null;
  } catch (error) {
    return toStoryTreeError(error).message;
  }
}

/**
 * Asks a Redis once, over a connection of its own, whether it can keep the queue.
 * @throws StoryTreeError `not_configured` for what has to be changed first, `queue_unavailable` for what may pass
 */
export async function checkRedis(address: RedisAddress): Promise<void> {
  const problem = await askRedis(address);
  if (problem === null) return;
  const isUnclear = problem === HANGS_UP || problem === SILENT;
  throw redisError(address, (isUnclear ? await problemWithTls(address) : null) ?? problem);
}

async function askRedis(address: RedisAddress): Promise<RedisProblem | null> {
  const client = new Redis(address.url, ONCE);
  const errors: unknown[] = [];
  client.on('error', (error) => errors.push(error));
  try {
    return await pTimeout(
      client.connect().then(() => inspectRedis(client, address)),
      { milliseconds: ANSWER_WITHIN_MS },
    );
  } catch (thrown) {
    if (thrown instanceof TimeoutError) return SILENT;
    // That the connection was closed is told last; what came before says why.
    return problemOf(errors[0] ?? thrown);
  } finally {
    client.disconnect();
  }
}

/** A server that expects TLS, or that does not, says so in no other way than by hanging up or by waiting for more. */
async function problemWithTls({ url, usesTls }: RedisAddress): Promise<RedisProblem | null> {
  const otherwise = new URL(url);
  const client = new Redis({
    ...ONCE,
    host: otherwise.hostname.replace(/^\[|\]$/g, ''),
    port: Number(otherwise.port || 6379),
    ...(usesTls ? {} : { tls: { rejectUnauthorized: false } }),
  });
  client.on('error', () => undefined);
  try {
    await pTimeout(
      client.connect().then(() => client.ping()),
      { milliseconds: OTHERWISE_WITHIN_MS },
    );
  } catch (error) {
    // Nobody was logged in; that this is refused is an answer, too.
    if (!(error instanceof Error && /^(NOAUTH|NOPERM|DENIED|LOADING)/.test(error.message))) return null;
  } finally {
    client.disconnect();
  }
  return usesTls
    ? ['not_configured', 'does not use TLS: begin REDIS_URL with redis://']
    : ['not_configured', 'uses TLS: begin REDIS_URL with rediss://'];
}
