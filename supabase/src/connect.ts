import { StoryTreeError } from '@story-tree/domain';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { Client } from './client.ts';
import { isConnectionLost } from './databaseErrors.ts';
import { checkDatabaseUrl, describeConnectFailure } from './databaseUrl.ts';
import { type EmbeddedOptions, ensureCluster } from './embedded/ensureCluster.ts';
import type { DB } from './schema.ts';

const MAX_CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 10_000;
const REMOTE_IDLE_MS = 30_000;
const SESSION_TIMEOUT = '60s';

type ConnectCallback = Parameters<pg.Pool['connect']>[0];

export interface DatabaseOptions extends EmbeddedOptions {
  /** Address of a database of your own (`DATABASE_URL`), direct or through a session pooler; without it, the embedded
   * one of `home` is used. */
  databaseUrl?: string | undefined;
}

export interface Database {
  kysely: Kysely<DB>;
  pool: pg.Pool;
  /** Address for connections outside the pool. It contains the password, so it must not be logged. */
  connectionString: string;
  /** Waits for queries under way, then closes all connections. May be called twice. */
  close(): Promise<void>;
}

/**
 * Opens the database and makes sure that it answers. An embedded one is created and started where needed, and started
 * again if it crashes. A statement may take 60 seconds, and so may the pause between two statements of a transaction.
 *
 * @throws StoryTreeError `not_configured` for an address that cannot work, `database_unavailable` when nothing answers
 * or the login is refused.
 */
export async function openDatabase({ databaseUrl, home, log }: DatabaseOptions): Promise<Database> {
  const pool =
    databaseUrl === undefined || databaseUrl === '' ? await embeddedPool({ home, log }) : remotePool(databaseUrl);
  // The pool drops an idle connection that breaks and makes another when asked; without a listener, Node would exit.
  // A client in use has no listener either between two queries of a transaction; its next query fails, and says why.
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', (error) => log(`A connection to the database broke: ${error.message}`));
  const connectionString = pool.options.connectionString ?? '';
  try {
    await pool.query('select 1');
  } catch (error) {
    await pool.end();
    throw error instanceof StoryTreeError ? error : describeConnectFailure(connectionString, error);
  }
  const kysely = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
  const close = async () => {
    if (!pool.ending) await pool.end();
  };
  return { kysely, pool, connectionString, close };
}

function remotePool(databaseUrl: string): pg.Pool {
  checkDatabaseUrl(databaseUrl);
  return new pg.Pool({ ...commonOptions(databaseUrl), idleTimeoutMillis: REMOTE_IDLE_MS });
}

/** Idle connections stay: they are what keeps the embedded cluster running while a program waits for something else. */
async function embeddedPool(embedded: EmbeddedOptions): Promise<pg.Pool> {
  const start = async () => (await ensureCluster(embedded)).connectionString;
  return new EmbeddedPool({ ...commonOptions(await start()), idleTimeoutMillis: 0 }, start);
}

function commonOptions(connectionString: string): pg.PoolConfig {
  return {
    Client,
    connectionString,
    application_name: 'story-tree',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    max: MAX_CONNECTIONS,
    onConnect: setTimeouts,
  };
}

/** Asked for in SQL, since poolers refuse or drop settings that come with the login. */
async function setTimeouts(client: pg.ClientBase): Promise<void> {
  await client.query(
    `select set_config('statement_timeout', $1, false), set_config('idle_in_transaction_session_timeout', $1, false)`,
    [SESSION_TIMEOUT],
  );
}

/**
 * A pool whose server may have to be started again: when it cannot connect, it has the cluster repaired and tries once
 * more, so that a long-lived process survives a crash of PostgreSQL.
 */
class EmbeddedPool extends pg.Pool {
  readonly #startCluster: () => Promise<string>;
  #starting: Promise<string> | undefined;

  /** @param startCluster gives the connection string of the running cluster, whose port may have changed. */
  constructor(config: pg.PoolConfig, startCluster: () => Promise<string>) {
    super(config);
    this.#startCluster = startCluster;
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | undefined {
    const connected = this.#connectOrStart();
    if (callback === undefined) return connected;
    connected.then(
      (client) => callback(undefined, client, (release) => client.release(release)),
      (error: Error) => callback(error, undefined, () => undefined),
    );
    return undefined;
  }

  async #connectOrStart(): Promise<pg.PoolClient> {
    try {
      return await super.connect();
    } catch (error) {
      // Raised by our own client: another program has taken the port.
      const isLost = isConnectionLost(error) || error instanceof StoryTreeError;
      if (this.ending || !isLost) throw error;
      this.#starting ??= this.#startCluster().finally(() => {
        this.#starting = undefined;
      });
      // The pool hands its options to each new client.
      Object.assign(this.options, { connectionString: await this.#starting });
      return super.connect();
    }
  }
}
