import { type Database, mapDatabaseError } from '@story-tree/supabase';
import { createPostgresBackend } from 'bullmq';
import type { Log } from '../log.ts';
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
    async ping() {
      await ask(() => pool.query('select 1'));
    },
    close: () => pool.end(),
  };
}

function rethrow(thrown: unknown): never {
  throw mapDatabaseError(thrown instanceof LostConnectionError ? thrown.cause : thrown);
}
