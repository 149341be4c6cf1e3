import { StoryTreeError } from '@story-tree/domain/errors';
import pg from 'pg';

/** Asks, in the address of a database, for a login that never shows the password; named and understood as by libpq. */
export const SCRAM_ONLY = 'require_auth=scram-sha-256';

/** For clients that give no name of their own, so that none is taken from the environment. */
const APPLICATION_NAME = 'story-tree';

/** What pg's own client does at these steps of the login; its types leave them out. */
interface LoginSteps {
  connection: { stream: { destroy(error: Error): void } };
  connectionParameters: { options?: string | undefined; replication?: string | undefined };
  saslSession: unknown;
  _handleAuthSASLFinal(message: unknown): void;
  _handleReadyForQuery(message: unknown): void;
}
const steps = pg.Client.prototype as unknown as LoginSteps;

/**
 * pg's client, which by itself would send the password in plain text to any server that asks for it. With
 * {@link SCRAM_ONLY} in the address, this one refuses that, refuses MD5 too, and talks to no server that has not proved
 * that it knows the password: `connect` then rejects with the `StoryTreeError` `database_unavailable`.
 *
 * Of the variables that pg reads (`PGOPTIONS`, `PGSSLMODE` …), those that would change what a session does count for nobody.
 * Those that say where to connect and as whom fill in what an address lacks, as they do for `psql`; the embedded database's
 * address lacks nothing.
 */
export class Client extends pg.Client {
  readonly #isScramOnly: boolean;
  #isProved = false;

  constructor(config?: string | pg.ClientConfig) {
    const given = typeof config === 'string' ? { connectionString: config } : (config ?? {});
    const asked = parametersOf(given.connectionString);
    const isScramOnly = asked.toString().includes(SCRAM_ONLY);
    super({ application_name: APPLICATION_NAME, ...(isScramOnly ? { sslnegotiation: 'postgres' } : {}), ...given });
    this.#isScramOnly = isScramOnly;
    Object.assign(this.#internals.connectionParameters, {
      options: asked.get('options') ?? given.options,
      replication: asked.get('replication') ?? undefined,
    });
  }

  protected _handleAuthCleartextPassword(message: unknown): void {
    this.#answer('_handleAuthCleartextPassword', message);
  }

  protected _handleAuthMD5Password(message: unknown): void {
    this.#answer('_handleAuthMD5Password', message);
  }

  protected _handleAuthSASLFinal(message: unknown): void {
    steps._handleAuthSASLFinal.call(this, message);
    // The session is dropped once the server's signature is right.
    this.#isProved = this.#internals.saslSession === null;
  }

  protected _handleReadyForQuery(message: unknown): void {
    if (this.#isScramOnly && !this.#isProved) this.#refuse();
    else steps._handleReadyForQuery.call(this, message);
  }

  get #internals(): LoginSteps {
    return this as unknown as LoginSteps;
  }

  #answer(step: '_handleAuthCleartextPassword' | '_handleAuthMD5Password', message: unknown): void {
    if (this.#isScramOnly) this.#refuse();
    else (steps as unknown as Record<typeof step, (message: unknown) => void>)[step].call(this, message);
  }

  #refuse(): void {
    this.#internals.connection.stream.destroy(
      new StoryTreeError(
        'database_unavailable',
        `Another program listens at ${this.host}:${this.port} in place of the embedded PostgreSQL: end that program, then try again.`,
      ),
    );
  }
}

function parametersOf(address: string | undefined): URLSearchParams {
  return address !== undefined && URL.canParse(address) ? new URL(address).searchParams : new URLSearchParams();
}
