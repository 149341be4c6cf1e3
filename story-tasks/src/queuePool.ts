import { connectionOptions, type Database, mapDatabaseError, prepareSession } from '@story-tree/supabase';
import { DEFAULT_SCHEMA, type PgPool } from 'bullmq';
import pg from 'pg';
import type { ConnectionLog } from './queueBackend.ts';

const MAX_CONNECTIONS = 6;
const IDLE_MS = 30_000;

/**
 * Nothing of the queue has to be on disk before the next step: what a crash of the server takes from it, the reconciler
 * brings back from the tasks' rows.
 */
const SESSION = { search_path: DEFAULT_SCHEMA, synchronous_commit: 'off' };

/**
 * BullMQ waits a while before it tries again only when an error looks like a refused connection; after any other it asks
 * again at once and without end. PostgreSQL has many ways to be away, so they all take this form.
 */
export class LostConnectionError extends Error {
  readonly code = 'ECONNREFUSED';

  constructor(cause: unknown) {
    super('ECONNREFUSED: the database cannot be reached', { cause });
  }
}

/** A pool for the queue, whose connections see the queue's schema alone. */
export function createQueuePool(database: Database, connection: ConnectionLog): PgPool {
  const pool = new pg.Pool({
    ...connectionOptions(database.connectionString, 'story-tree-queue'),
    idleTimeoutMillis: IDLE_MS,
    max: MAX_CONNECTIONS,
    onConnect: (client) => prepareSession(client, SESSION),
  });
  // Without listeners, Node would exit when a connection breaks; the next query says why it fails.
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', () => undefined);
  // Makes the database's own pool notice, which starts an embedded server again.
  const reconnect = oneAtATime(() => database.pool.query('select 1'));

  async function guarded<T>(work: () => Promise<T>): Promise<T> {
    // An embedded server that was started again may have another port; the database's own pool knows it.
    const { connectionString = database.connectionString } = database.pool.options;
    Object.assign(pool.options, { connectionString });
    try {
      const result = await work();
      connection.works();
      return result;
    } catch (error) {
      if (mapDatabaseError(error).code !== 'database_unavailable') throw error;
      connection.lost(error);
      reconnect();
      throw new LostConnectionError(error);
    }
  }

  const queuePool = {
    query: (text: string, values: unknown[]) => guarded(() => pool.query(text, values)),
    connect: () => guarded(() => pool.connect()),
    end: () => pool.end(),
    on: () => queuePool,
    removeAllListeners: () => queuePool,
    /** BullMQ waits for notifications longer when it may trust that a broken connection shows. */
    options: { keepAlive: true },
  };
  return queuePool as unknown as PgPool;
}

function oneAtATime(work: () => Promise<unknown>): () => void {
  let isRunning = false;
  return () => {
    if (isRunning) return;
    isRunning = true;
    const done = () => {
      isRunning = false;
    };
    work().then(done, done);
  };
}
