import type { Log } from '@story-tree/domain';
import { type Database, mapDatabaseError, withPooledAdvisoryLock } from '@story-tree/supabase';
import {
  assertSchemaCompatibility,
  createPostgresBackend,
  DEFAULT_SCHEMA,
  LATEST_SCHEMA_VERSION,
  type PgPool,
  type PgQueryable,
  runMigrations,
  SchemaMigrationRequiredError,
} from 'bullmq';
import { createConnectionLog, type QueueBackend } from './queueBackend.ts';
import { createQueuePool, LostConnectionError } from './queuePool.ts';

/** Whoever signs in through the API has no business in the queue. The roles are there: our own migrations made them. */
const CLOSE_TO_OTHERS = `
  do $$
  declare
    role_name text;
  begin
    execute 'revoke all on schema ${DEFAULT_SCHEMA} from public';
    for role_name in select rolname from pg_roles where rolname in ('anon', 'authenticated') loop
      execute format('revoke all on schema ${DEFAULT_SCHEMA} from %I', role_name);
      execute format('revoke all on all tables in schema ${DEFAULT_SCHEMA} from %I', role_name);
    end loop;
  end
  $$`;

/** Any number will do, as long as everybody who migrates the queue takes the same. */
const ADVISORY_LOCK = 5_371_026_011;

/**
 * Jobs in the database, in a schema of their own that is brought up to date here.
 * @throws StoryTreeError `database_unavailable`
 */
export async function openPostgresBackend(database: Database, log: Log): Promise<QueueBackend> {
  const connection = createConnectionLog(log);
  const pool = createQueuePool(database, connection);
  const ask = <T>(call: () => Promise<T>) => call().catch(rethrow);
  try {
    // An embedded server may have another port by now; asked, the database's own pool finds it.
    await ask(() => database.pool.query('select 1'));
    await ask(() => migrateQueue(pool, log));
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    factory: (name, options, more) => createPostgresBackend(name, { ...options, connection: pool }, more),
    ask,
    // A first connection that fails is never tried again by BullMQ.
    ready: (opened) => ask(() => opened.waitUntilReady()),
    onError(error) {
      // The pool has told of those that it saw.
      if (!(error instanceof LostConnectionError))
        log('warn', 'The queue reports an error.', { reason: error.message });
    },
    onBack: connection.onBack,
    async limitLock(queue, jobId, ms) {
      const latest = Date.now() + ms;
      await ask(async () => {
        await pool.query(
          `update job set locked_until_ms = $3 where queue = $1 and id = $2 and state = 'active' and locked_until_ms > $3`,
          [queue, jobId, latest],
        );
        await pool.query(
          `update meta set value = $2::bigint where queue = $1 and field = 'stalled-check' and value::bigint > $2`,
          [queue, latest],
        );
      });
    },
    delayedBeyond: (queue, ms) =>
      ask(async () => {
        const { rows } = await pool.query(
          `select id from job where queue = $1 and state = 'delayed' and process_at_ms > $2`,
          [queue, Date.now() + ms],
        );
        return rows.map(({ id }) => String(id));
      }),
    async ping() {
      await ask(() => pool.query('select 1'));
    },
    close: () => pool.end(),
  };
}

function rethrow(thrown: unknown): never {
  throw mapDatabaseError(thrown instanceof LostConnectionError ? thrown.cause : thrown);
}

/**
 * Brings the schema of the queue up to date. Several processes may do so at once: one works while the others wait, and
 * then they find it current and change nothing. BullMQ's own lock would not cover the rights, which must not be changed
 * by two at once either.
 */
async function migrateQueue(pool: PgPool, log: Log): Promise<void> {
  if (await isCurrent(pool)) return;
  const wait = { purpose: 'updating the tables of the queue', log: (message: string) => log('info', message) };
  await withPooledAdvisoryLock(pool, { key: ADVISORY_LOCK, wait }, async (session) => {
    if (await isCurrent(session)) return;
    await runMigrations(session);
    await session.query(CLOSE_TO_OTHERS);
  });
}

async function isCurrent(database: PgQueryable): Promise<boolean> {
  return (await currentVersion(database)) >= LATEST_SCHEMA_VERSION;
}

async function currentVersion(database: PgQueryable): Promise<number> {
  try {
    return await assertSchemaCompatibility(database);
  } catch (error) {
    if (error instanceof SchemaMigrationRequiredError) return 0;
    throw error;
  }
}
