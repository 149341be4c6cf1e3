import { StoryTreeError } from '@story-tree/domain';
import { pause } from './pause.ts';

/** Enough for work that sends one statement after the other, as a migration does. */
export const SILENCE_SECONDS = 30;
const LOOK_AGAIN_MS = 200;
/** Others are done sooner than this, nearly always, and then there is nothing to tell. */
const TELL_AFTER_MS = 2_000;
const PATIENCE_MS = 120_000;

interface Session {
  query(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
}

interface PooledSession extends Session {
  release(destroy: boolean): void;
}

/** How to wait for whoever has a lock. */
export interface LockWait {
  /** What the lock is for, as in "updating the database". */
  purpose: string;
  /** Told, in a sentence, who is waited for. */
  log(message: string): void;
  /** Gives up waiting. */
  signal?: AbortSignal | undefined;
  /** Milliseconds until it is given up; two minutes unless told. */
  patienceMs?: number | undefined;
}

export interface AdvisoryLock {
  /** Any number will do, as long as all who do this work take the same. */
  key: number;
  /** How to wait for whoever has the lock; without it, the work is skipped while somebody has it. */
  wait?: LockWait;
  /** Seconds that the session may be silent in the middle of the work before the server ends it; 30 unless told. */
  silenceSeconds?: number;
}

/**
 * Does work that only one process at a time may do. The lock belongs to a PostgreSQL session and ends with it: when its
 * process ends, and also when that stops responding, since others must not wait for it for ever.
 *
 * @param session whose lock it is; after a failure it may still have it, so end it then.
 * @throws StoryTreeError `database_unavailable` naming the session that has kept the lock for too long; the signal's reason;
 * whatever the work throws
 */
export async function withAdvisoryLock(
  session: Session,
  { key, wait, silenceSeconds = SILENCE_SECONDS }: AdvisoryLock,
  work: () => Promise<void>,
): Promise<void> {
  const taken = (await take(session, key)) || (wait !== undefined && (await waitFor(session, key, wait)));
  if (!taken) return;
  await setSilence(session, `${silenceSeconds}s`);
  await work();
  await setSilence(session, '0');
  await session.query('select pg_advisory_unlock($1)', [key]);
}

/**
 * As {@link withAdvisoryLock}, in a session that is taken from a pool for it. A session that may still have the lock is
 * closed rather than given back.
 *
 * @throws as {@link withAdvisoryLock}, and what the driver throws when the pool gives no session
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

async function take(session: Session, key: number): Promise<boolean> {
  const { rows } = await session.query('select pg_try_advisory_lock($1) as taken', [key]);
  return rows[0]?.taken === true;
}

/** Asks again and again: a statement that waits in the server could be given up only with its connection. */
async function waitFor(session: Session, key: number, wait: LockWait): Promise<true> {
  const { purpose, log, signal, patienceMs = PATIENCE_MS } = wait;
  const begun = performance.now();
  let isTold = false;
  for (;;) {
    await pause(LOOK_AGAIN_MS, signal);
    if (await take(session, key)) return true;
    const waited = performance.now() - begun;
    if (!isTold && waited > Math.min(TELL_AFTER_MS, patienceMs)) {
      isTold = true;
      const holder = await holderOf(session, key);
      log(`Another program is ${purpose}${holder === null ? '' : ` (${holder.words})`}. Waiting until it is done.`);
    }
    if (waited > patienceMs) throw kept(purpose, patienceMs, await holderOf(session, key));
  }
}

function kept(purpose: string, patienceMs: number, holder: Holder | null): StoryTreeError {
  const who = holder === null ? 'Another program' : `Another program (${holder.words})`;
  const end = holder === null ? '' : `, or end its session with "select pg_terminate_backend(${holder.pid})"`;
  return new StoryTreeError(
    'database_unavailable',
    `${who} has had the lock for ${purpose} for more than ${Math.round(patienceMs / 1000)} seconds: stop that program if it stands still${end}, then try again.`,
  );
}

interface Holder {
  pid: unknown;
  /** Such as "session 4711: story-tree-migrate of story_tree from 10.0.0.7, connected since 2026-12-01 14:03:12 UTC". */
  words: string;
}

/** Who has a lock; null when it has just been given back. Locks with one number have it in two halves. */
async function holderOf(session: Session, key: number): Promise<Holder | null> {
  const { rows } = await session.query(
    // Of sessions of other users, one may not see everything.
    `select pid, concat('session ', pid, ': ', coalesce(nullif(application_name, ''), 'a program without a name'),
              ' of ' || usename, ' from ' || host(client_addr),
              ', connected since ' || to_char(backend_start at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') || ' UTC') as words
     from pg_locks join pg_stat_activity using (pid)
     where locktype = 'advisory' and granted and objsubid = 1
       and database = (select oid from pg_database where datname = current_database())
       and classid::bigint = $1::bigint >> 32 and objid::bigint = $1::bigint & 4294967295`,
    [key],
  );
  const [row] = rows;
  return row === undefined ? null : { pid: row.pid, words: String(row.words) };
}

async function setSilence(session: Session, limit: string): Promise<void> {
  await session.query(`select set_config('idle_session_timeout', $1, false)`, [limit]);
}
