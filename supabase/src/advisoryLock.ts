/** Of whoever asks for the next thing at once, as a migration does. */
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
  /** Whether to wait for whoever has the lock; else nothing is done while somebody has it. */
  wait: boolean;
  /** How long the session may be silent in the middle of the work before its server ends it, in seconds. */
  silenceSeconds?: number;
}

/**
 * Does work that one process at a time should do. The lock belongs to a session of PostgreSQL and goes with it: when its
 * process ends, and also when that stands still, since others must not wait for it for ever.
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

/** The same in a session of a pool, which is ended where it may still have the lock. */
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
