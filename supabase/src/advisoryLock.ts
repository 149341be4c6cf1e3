/** Enough for work that sends one statement after the other, as a migration does. */
export const SILENCE_SECONDS = 30;

interface Session {
  query(text: string, values?: unknown[]): Promise<{ rows: { taken?: boolean }[] }>;
}

interface PooledSession extends Session {
  release(destroy: boolean): void;
}

export interface AdvisoryLock {
  /** Any number will do, as long as all who do this work take the same. */
  key: number;
  /** Whether to wait for whoever has the lock; otherwise the work is skipped while somebody has it. */
  wait: boolean;
  /** Seconds that the session may be silent in the middle of the work before the server ends it; 30 unless told. */
  silenceSeconds?: number;
}

/**
 * Does work that only one process at a time may do. The lock belongs to a PostgreSQL session and ends with it: when its
 * process ends, and also when that stops responding, since others must not wait for it for ever.
 *
 * @param session whose lock it is; after a failure it may still have it, so end it then.
 */
export async function withAdvisoryLock(
  session: Session,
  { key, wait, silenceSeconds = SILENCE_SECONDS }: AdvisoryLock,
  work: () => Promise<void>,
): Promise<void> {
  const take = wait ? 'select true as taken from pg_advisory_lock($1)' : 'select pg_try_advisory_lock($1) as taken';
  const { rows } = await session.query(take, [key]);
  if (rows[0]?.taken !== true) return;
  await session.query(`set idle_session_timeout = '${silenceSeconds}s'`);
  await work();
  await session.query('reset idle_session_timeout');
  await session.query('select pg_advisory_unlock($1)', [key]);
}

/**
 * As {@link withAdvisoryLock}, in a session that is taken from a pool for it. A session that may still have the lock is
 * closed rather than given back.
 *
 * @throws whatever the work throws, and what the driver throws when the pool gives no session
 */
export async function withPooledAdvisoryLock<S extends PooledSession>(
  pool: { connect(): Promise<S> },
  lock: AdvisoryLock,
  work: (session: S) => Promise<void>,
): Promise<void> {
  const session = await pool.connect();
  let hasFailed = true;
  try {
    await withAdvisoryLock(session, lock, () => work(session));
    hasFailed = false;
  } finally {
    session.release(hasFailed);
  }
}
