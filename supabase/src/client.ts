import { StoryTreeError } from '@story-tree/domain/errors';
import pg from 'pg';

/** Asks, in the address of a database, for a login that never shows the password; named and understood as by libpq. */
export const SCRAM_ONLY = 'require_auth=scram-sha-256';

/** What pg's own client does at these steps of the login; its types leave them out. */
interface LoginSteps {
  connection: { stream: { destroy(error: Error): void } };
  saslSession: unknown;
  _handleAuthSASLFinal(message: unknown): void;
  _handleReadyForQuery(message: unknown): void;
}
const steps = pg.Client.prototype as unknown as LoginSteps;

/**
 * pg's client, which by itself would send the password in plain text to any server that asks for it. With
 * {@link SCRAM_ONLY} in the address, this one refuses that, refuses MD5 too, and talks to no server that has not proved
 * that it knows the password: `connect` then rejects with the `StoryTreeError` `database_unavailable`.
 */
export class Client extends pg.Client {
  readonly #isScramOnly: boolean;
  #isProved = false;

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const address = typeof config === 'string' ? config : config?.connectionString;
    this.#isScramOnly = address !== undefined && URL.canParse(address) && new URL(address).search.includes(SCRAM_ONLY);
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
