import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { DEFAULT_SCHEMA } from 'bullmq';
import { Redis } from 'ioredis';
import type pg from 'pg';
import type { Variables } from '../programs/cli.ts';

const HOUR_MS = 60 * 60 * 1_000;
const PRELOAD = pathToFileURL(path.join(import.meta.dirname, 'shiftedDate.ts'));

/** BullMQ packs a job's due time and a counter of this size into one score. */
const SCORES_PER_MS = 0x1000;

/** A statement for each table that stores moments: ours have a type of their own, BullMQ counts milliseconds. */
const statements = (hours: number) => `
  select format('update %I.%I set %s', table_schema, table_name, string_agg(
    case data_type
      when 'bigint' then format('%1$I = %1$I + ${hours * HOUR_MS}', column_name)
      else format('%1$I = %1$I + make_interval(hours => ${hours})', column_name)
    end, ', '
  )) as statement
  from information_schema.columns join information_schema.tables using (table_schema, table_name)
  where table_type = 'BASE TABLE' and (
    table_schema = 'public' and data_type = 'timestamp with time zone'
    or table_schema = '${DEFAULT_SCHEMA}' and data_type = 'bigint' and column_name like '%\\_ms'
      and column_name not in ('delay_ms', 'every_ms', 'offset_ms')
  )
  group by table_schema, table_name
  union all
  select $$update ${DEFAULT_SCHEMA}.meta set value = value::bigint + ${hours * HOUR_MS} where field = 'stalled-check'$$
  where to_regclass('${DEFAULT_SCHEMA}.meta') is not null`;

/**
 * What a database finds when its clock, and that of everybody who wrote to it, was set back by so many hours: all moments
 * stored so far lie that much later. Negative hours: the clock was set forward. The queue's tables are included. Needs a
 * superuser, since the rules of the tables would refuse it.
 */
export async function setBackStoredTimes({ pool }: { pool: pg.Pool }, hours: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(`select set_config('session_replication_role', 'replica', true)`);
    const { rows } = await client.query<{ statement: string }>(statements(hours));
    for (const { statement } of rows) await client.query(statement);
    await client.query('commit');
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** The same for a queue on Redis, whose keys expire by its clock. */
export async function setBackRedisTimes(url: string, hours: number): Promise<void> {
  const redis = new Redis(url);
  try {
    for (const key of await redis.keys('*')) {
      const leftMs = await redis.pttl(key);
      if (leftMs > 0) await redis.pexpire(key, Math.max(1, leftMs + hours * HOUR_MS));
      const perMs = key.endsWith(':delayed') ? SCORES_PER_MS : key.endsWith(':repeat') ? 1 : null;
      if (perMs === null) continue;
      for (const member of await redis.zrange(key, '0', '-1'))
        await redis.zincrby(key, hours * HOUR_MS * perMs, member);
    }
  } finally {
    redis.disconnect();
  }
}

/** For the environment of a program of the product: its clock, and that of the programs it starts, is off by so many hours. */
export function shiftedClock(hours: number): Variables {
  const preload = new URL(PRELOAD);
  preload.searchParams.set('ms', String(hours * HOUR_MS));
  return { NODE_OPTIONS: `--import=${preload.href}` };
}
