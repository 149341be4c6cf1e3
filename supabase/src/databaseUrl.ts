import { hasUnencodedCredentials, reasonOf, StoryTreeError, unencodedCredentials } from '@story-tree/domain';
import pg from 'pg';
import { refusalOf } from './connectFailures.ts';
import { transactionPooler } from './transactionPooler.ts';

const TRANSACTION_POOLER_PORT = '6543';

/**
 * Refuses, before anything is sent, an address that cannot work.
 *
 * @throws StoryTreeError `not_configured`.
 */
export function checkDatabaseUrl(databaseUrl: string): void {
  const url = parseUrl(databaseUrl);
  if (url.port === TRANSACTION_POOLER_PORT || url.searchParams.get('pgbouncer') === 'true') throw transactionPooler();
}

/** The address without user and password, for sentences. */
function placeOf(databaseUrl: string): string {
  return parseUrl(databaseUrl).host || 'this machine';
}

/**
 * A failed first connection in one sentence that says what to check: `not_configured` if waiting does not help, else
 * `database_unavailable`. The password never shows.
 */
export function describeConnectFailure(databaseUrl: string, thrown: unknown): StoryTreeError {
  if (thrown instanceof StoryTreeError) return thrown;
  const place = placeOf(databaseUrl);
  const refusal = refusalOf(thrown);
  return refusal === undefined
    ? new StoryTreeError('database_unavailable', passing(place, thrown), { cause: thrown })
    : new StoryTreeError('not_configured', `The database at ${place} ${refusal}.`, { cause: thrown });
}

function passing(place: string, thrown: unknown): string {
  const said = reasonOf(thrown);
  const state = thrown instanceof pg.DatabaseError ? (thrown.code ?? '') : undefined;
  if (state === undefined)
    return `No database answers at ${place}${said === '' ? '' : ` (${said})`}: check that it is running, and DATABASE_URL.`;
  if (state.startsWith('57P')) return `The database at ${place} is not ready (${said}): wait until it is.`;
  if (state.startsWith('53'))
    return `The database at ${place} is full (${said}): end other programs that use it, or raise its limits.`;
  return `The database at ${place} refuses the connection (${said}): try again, or check DATABASE_URL.`;
}

function parseUrl(databaseUrl: string): URL {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : undefined;
  const isPostgres = /^postgres(ql)?:/i.test(databaseUrl);
  if (isPostgres && hasUnencodedCredentials(databaseUrl)) {
    throw new StoryTreeError('not_configured', `${unencodedCredentials('DATABASE_URL')}.`);
  }
  if (isPostgres && url !== undefined) return url;
  throw new StoryTreeError(
    'not_configured',
    'DATABASE_URL is not the address of a PostgreSQL database: write it as postgresql://user:password@host:5432/database, or unset it to use the embedded one.',
  );
}
