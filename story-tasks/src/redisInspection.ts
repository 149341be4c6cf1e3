import type { Redis } from 'ioredis';
import type { RedisAddress } from './redisAddress.ts';
import { ANOTHER_LANGUAGE, CLUSTER, problemOf, REPLICA, type RedisProblem } from './redisProblems.ts';

/** What BullMQ recommends, and warns of on the console below. */
const OLDEST_VERSION = '6.2';

/** Every kind of value that the queue keeps, each written and removed again. */
const WRITE = `
  for _, write in ipairs({
    {'set', KEYS[1], '1', 'px', '60000'}, {'hset', KEYS[1], 'a', '1'}, {'lpush', KEYS[1], 'a'}, {'sadd', KEYS[1], 'a'},
    {'zadd', KEYS[1], '1', 'a'}, {'xadd', KEYS[1], '*', 'a', '1'}
  }) do
    redis.call(unpack(write))
    redis.call('del', KEYS[1])
  end`;
/** Below the prefix of BullMQ, which is all that a user may have a right to. */
const SCRATCH = 'bull:story-tree-check';
const BRIEFLY_SECONDS = 0.01;

/**
 * Asks a Redis for everything that the queue needs of it, and writes to it.
 * @returns what is in the way of keeping the queue there; null if nothing is
 */
export async function inspectRedis(client: Redis, { database }: RedisAddress): Promise<RedisProblem | null> {
  try {
    const problem = problemIn(fieldsOf(await client.info()));
    if (problem !== null) return problem;
    if (database > 0 && !(await hasDatabase(client, database))) return noDatabase(database);
    await client.eval(WRITE, 1, SCRATCH);
    await client.bzpopmin(SCRATCH, BRIEFLY_SECONDS);
    // How workers are counted.
    await client.client('LIST');
    return null;
  } catch (error) {
    return problemOf(error);
  }
}

/** @param info what `INFO` says; empty when it is not that of a Redis */
function problemIn(info: ReadonlyMap<string, string>): RedisProblem | null {
  const version = info.get('redis_version');
  if (version === undefined) return ANOTHER_LANGUAGE;
  if (isOlder(version, OLDEST_VERSION)) {
    return ['not_configured', `has version ${version}, and the queue needs ${OLDEST_VERSION} or newer: update it`];
  }
  if (info.get('cluster_enabled') === '1') return CLUSTER;
  if (info.get('role') === 'slave') return REPLICA;
  const policy = info.get('maxmemory_policy') ?? 'noeviction';
  if (policy === 'noeviction') return null;
  return [
    'not_configured',
    `may drop tasks from the queue (its maxmemory-policy is ${policy}): run \`CONFIG SET maxmemory-policy noeviction\`, and put that into redis.conf`,
  ];
}

function fieldsOf(info: string): Map<string, string> {
  const fields = info.split(/\r?\n/).map((line) => /^(\w+):(.*)$/.exec(line));
  return new Map(fields.flatMap((field) => (field === null ? [] : [[field[1] ?? '', field[2] ?? '']])));
}

function isOlder(version: string, than: string): boolean {
  return version.localeCompare(than, 'en', { numeric: true }) < 0;
}

/** ioredis goes on with database 0 when there is none of a number. */
async function hasDatabase(client: Redis, database: number): Promise<boolean> {
  try {
    await client.select(database);
    return true;
  } catch (error) {
    if (error instanceof Error && /out of range|invalid DB index/i.test(error.message)) return false;
    throw error;
  }
}

function noDatabase(database: number): RedisProblem {
  return ['not_configured', `has no database ${database}: leave the number out of REDIS_URL, or give a smaller one`];
}
