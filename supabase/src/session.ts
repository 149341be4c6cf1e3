import type pg from 'pg';
import { Client } from './client.ts';

const CONNECT_TIMEOUT_MS = 10_000;
/** How soon a silent connection is asked whether its other end still lives. */
const KEEP_ALIVE_AFTER_MS = 10_000;
const LIMIT = '60s';

/**
 * How every session of ours is set, whatever the server, the database or the role has as its default. First what our SQL
 * relies on, then the limits, then how values are written, which the driver reads. What may be read-only is left alone:
 * whoever set that meant it, and `suitability.ts` says so.
 */
const SETTINGS = {
  search_path: 'public',
  default_transaction_isolation: 'read committed',
  default_transaction_deferrable: 'off',
  row_security: 'on',
  statement_timeout: LIMIT,
  idle_in_transaction_session_timeout: LIMIT,
  lock_timeout: '0',
  idle_session_timeout: '0',
  transaction_timeout: '0',
  TimeZone: 'UTC',
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  bytea_output: 'hex',
  extra_float_digits: '1',
  array_nulls: 'on',
  standard_conforming_strings: 'on',
} as const;

/** Settings that some sessions need otherwise, by their names in PostgreSQL. */
export type SessionSettings = Partial<Record<keyof typeof SETTINGS | 'synchronous_commit', string>>;

/** Settings that this server does not have yet are left out; a commit may wait for more than the disk, not for less. */
const SET = `
  select set_config(name, value, false) from unnest($1::text[], $2::text[]) as wanted (name, value)
  where current_setting(name, true) is not null
    and (name <> 'synchronous_commit' or value <> 'on' or current_setting(name) = 'off')`;

/**
 * Settles how a session behaves. Asked for in SQL, since poolers refuse or drop settings that come with the login.
 * @throws what the driver throws
 */
export async function prepareSession(client: pg.ClientBase, more: SessionSettings = {}): Promise<void> {
  const settings: SessionSettings = { ...SETTINGS, synchronous_commit: 'on', ...more };
  await client.query(SET, [Object.keys(settings), Object.values(settings)]);
}

/** How all of our connections are made. @param name how the session shows in `pg_stat_activity` */
export function connectionOptions(connectionString: string, name: string) {
  return {
    Client,
    connectionString: withoutWarning(connectionString),
    application_name: name,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
  } satisfies pg.PoolConfig;
}

/**
 * The driver takes some weaker modes for `verify-full`, which is as we want it, and warns of that on stderr, where a log may be.
 */
function withoutWarning(connectionString: string): string {
  const url = new URL(connectionString);
  const isWeaker = /^(prefer|require|verify-ca)$/.test(url.searchParams.get('sslmode') ?? '');
  if (!isWeaker || url.searchParams.has('uselibpqcompat')) return connectionString;
  url.searchParams.set('sslmode', 'verify-full');
  return url.href;
}
