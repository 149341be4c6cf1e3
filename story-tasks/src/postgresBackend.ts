import type { Log } from '@story-tree/domain';
import { type Database, mapDatabaseError } from '@story-tree/supabase';
import { createPostgresBackend } from 'bullmq';
import { createConnectionLog } from './connectionLog.ts';
import { migrateQueue } from './migrateQueue.ts';
import type { QueueBackend } from './queueBackend.ts';
import { createQueuePool, LostConnectionError } from './queuePool.ts';

/**
 * Jobs in the database, in a schema of their own that is brought up to date here.
 * @throws StoryTreeError `database_unavailable`
 */
export async function openPostgresBackend(database: Database, log: Log): Promise<QueueBackend> {
  const connection = createConnectionLog('PostgreSQL', log);
  const pool = createQueuePool(database, connection);
  const ask = <T>(call: () => Promise<T>) => call().catch(rethrow);
  try {
    // An embedded server may have another port by now; asked, the database's own pool finds it.
    await ask(() => database.pool.query('select 1'));
    await ask(() => migrateQueue(pool));
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
