import { StoryTreeError } from '@story-tree/domain';
import pg from 'pg';
import { isConnectionLost } from '../databaseErrors.ts';

type ConnectCallback = Parameters<pg.Pool['connect']>[0];

/**
 * A pool whose server may have to be started again: when no connection can be made, it has the cluster mended and tries
 * once more. So a process that lives long outlives a crash of PostgreSQL.
 */
export class EmbeddedPool extends pg.Pool {
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
      // Our client's own complaint: somebody else has the port by now.
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
