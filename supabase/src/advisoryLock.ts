import type pg from 'pg';

export interface AdvisoryLock {
  /** Any number will do, as long as all who do this work take the same. */
  key: number;
  /** Whether to wait for whoever has the lock; else nothing is done while somebody has it. */
  wait: boolean;
  /** How long the session may be silent in the middle of the work before its server ends it, in seconds. */
  silenceSeconds: number;
}

/**
 * Does work that one process at a time should do. The lock belongs to a session of PostgreSQL and goes with it: when its
 * process ends, and also when that stands still, since others must not wait for it for ever.
 *
 * @param client whose session it is; after a failure it may still have the lock, so end it then.
 */
export async function withAdvisoryLock(
  client: Pick<pg.ClientBase, 'query'>,
  { key, wait, silenceSeconds }: AdvisoryLock,
  work: () => Promise<void>,
): Promise<void> {
  const take = wait ? 'select true as taken from pg_advisory_lock($1)' : 'select pg_try_advisory_lock($1) as taken';
  const { rows } = await client.query<{ taken: boolean }>(take, [key]);
  if (rows[0]?.taken !== true) return;
  await client.query(`set idle_session_timeout = '${silenceSeconds}s'`);
  await work();
  await client.query('reset idle_session_timeout');
  await client.query('select pg_advisory_unlock($1)', [key]);
}
