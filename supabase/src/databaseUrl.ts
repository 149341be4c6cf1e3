import { StoryTreeError } from '@story-tree/domain';
import pg from 'pg';

const TRANSACTION_POOLER_PORT = '6543';

/**
 * Refuses, before anything is sent, an address that cannot work.
 *
 * @throws StoryTreeError `not_configured`.
 */
export function checkDatabaseUrl(databaseUrl: string): void {
  const url = parseUrl(databaseUrl);
  if (url.port === TRANSACTION_POOLER_PORT || url.searchParams.get('pgbouncer') === 'true') {
    throw new StoryTreeError(
      'not_configured',
      'DATABASE_URL points at a transaction pooler, which loses notifications and locks: use the direct connection or the session pooler, port 5432 in both cases.',
    );
  }
}

/** The address without user and password, for sentences. */
function placeOf(databaseUrl: string): string {
  return parseUrl(databaseUrl).host || 'this machine';
}

/** A failed first connection in one sentence that says what to check. The password never shows. */
export function describeConnectFailure(databaseUrl: string, thrown: unknown): StoryTreeError {
  if (thrown instanceof StoryTreeError) return thrown;
  const place = placeOf(databaseUrl);
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  const state = thrown instanceof pg.DatabaseError ? (thrown.code ?? '') : undefined;
  return new StoryTreeError('database_unavailable', sentence(place, said, state), { cause: thrown });
}

function sentence(place: string, said: string, state: string | undefined): string {
  if (state?.startsWith('28')) {
    return `The database at ${place} refuses the user or the password in DATABASE_URL: check both.`;
  }
  if (state === '3D000') return `The server at ${place} has no such database: check the end of DATABASE_URL (${said}).`;
  if (state !== undefined)
    return `The database at ${place} refuses the connection (${said}): try again, or check DATABASE_URL.`;
  return `No database answers at ${place}${said === '' ? '' : ` (${said})`}: check that it is running, and DATABASE_URL.`;
}

function parseUrl(databaseUrl: string): URL {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : undefined;
  if (url?.protocol === 'postgres:' || url?.protocol === 'postgresql:') return url;
  throw new StoryTreeError(
    'not_configured',
    'DATABASE_URL is not the address of a PostgreSQL database: write it as postgresql://user:password@host:5432/database, or unset it to use the embedded one.',
  );
}
