import { StoryTreeError } from '@story-tree/domain';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { isConnectionLost } from './databaseErrors.ts';
import { checkDatabaseUrl, describeConnectFailure } from './databaseUrl.ts';
import { type EmbeddedOptions, ensureCluster } from './embedded/ensureCluster.ts';
import type { DB } from './schema.ts';
import { connectionOptions, prepareSession } from './session.ts';
import { refuseUnsuitable } from './suitability.ts';
import { refuseTransactionPooler } from './transactionPooler.ts';

const MAX_CONNECTIONS = 10;
const REMOTE_IDLE_MS = 30_000;

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
 * Opens the database and makes sure that it can serve. An embedded one is created and started where needed, and started
 * again if it crashes. A statement may take 60 seconds, and so may the pause between two statements of a transaction.
 *
 * @throws StoryTreeError `not_configured` for an address, a login or a database that cannot work, with the way out;
 * `database_unavailable` while nothing answers, or something that is not ready yet.
 */
export async function openDatabase({ databaseUrl, home, log }: DatabaseOptions): Promise<Database> {
  const isEmbedded = databaseUrl === undefined || databaseUrl === '';
  const pool = isEmbedded ? await embeddedPool({ home, log }) : remotePool(databaseUrl);
  // The pool drops an idle connection that breaks and makes another when asked; without a listener, Node would exit.
  // A client in use has no listener either between two queries of a transaction; its next query fails, and says why.
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', (error) => log(`A connection to the database broke: ${error.message}`));
  const connectionString = pool.options.connectionString ?? '';
  try {
    await (isEmbedded ? pool.query('select 1') : checkServer(pool));
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
  return new pg.Pool({ ...poolOptions(databaseUrl), idleTimeoutMillis: REMOTE_IDLE_MS });
}

/** Idle connections stay: they are what keeps the embedded cluster running while a program waits for something else. */
async function embeddedPool(embedded: EmbeddedOptions): Promise<pg.Pool> {
  const start = async () => (await ensureCluster(embedded)).connectionString;
  const options = { ...poolOptions(await start()), onConnect: prepareSession, idleTimeoutMillis: 0 };
  return new EmbeddedPool(options, start);
}

function poolOptions(connectionString: string): pg.PoolConfig {
  return { ...connectionOptions(connectionString, 'story-tree'), max: MAX_CONNECTIONS };
}

/**
 * Makes sure that a server of somebody's own can serve. Sessions are prepared only then: through a transaction pooler,
 * that would change the sessions of others.
 */
async function checkServer(pool: pg.Pool): Promise<void> {
  const clients: pg.PoolClient[] = [];
  let isSuitable = false;
  try {
    const one = await pool.connect();
    clients.push(one);
    const other = await pool.connect();
    clients.push(other);
    await refuseTransactionPooler(one, other);
    await refuseUnsuitable(one);
    for (const client of clients) await prepareSession(client);
    Object.assign(pool.options, { onConnect: prepareSession });
    isSuitable = true;
  } finally {
    for (const client of clients) client.release(!isSuitable);
  }
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
