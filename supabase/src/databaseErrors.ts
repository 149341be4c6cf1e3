import { type ErrorCode, StoryTreeError, toStoryTreeError } from '@story-tree/domain';
import pg from 'pg';

interface Meaning {
  code: ErrorCode;
  message: string;
}

/** What the migrations raise on their own account: SQLSTATEs of class ST, one for each rule that SQL enforces. */
const RAISED_SQLSTATES: Readonly<Record<string, Meaning>> = {
  ST001: {
    code: 'lease_lost',
    message: 'This story has gone to another writer in the meantime: try again when that one is done.',
  },
};

const LOST: Meaning = {
  code: 'database_unavailable',
  message: 'The connection to the database is lost: check that it is running, then try again.',
};
const REFUSED: Meaning = {
  code: 'database_unavailable',
  message: 'The database refuses the user or the password: check DATABASE_URL.',
};
const FULL: Meaning = {
  code: 'database_unavailable',
  message: 'The database takes no more connections: end other programs that use it, then try again.',
};
const SLOW: Meaning = {
  code: 'database_unavailable',
  message: 'The database took too long or was busy with conflicting work: try again.',
};
const NO_SPACE: Meaning = {
  code: 'database_unavailable',
  message: 'The database has no room left on its disk: make room, then try again.',
};

/** By SQLSTATE, or by its class of two characters. */
const SQLSTATES: Readonly<Record<string, Meaning>> = {
  ...RAISED_SQLSTATES,
  '08': LOST,
  '28': REFUSED,
  '40': SLOW,
  53100: NO_SPACE,
  53300: FULL,
  '55P03': SLOW,
  57014: SLOW,
  '57P': LOST,
};

const NETWORK_CODES = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['ENOTFOUND', 'EAI_AGAIN'],
]);

/** The driver gives these no code. */
const DRIVER_MESSAGES = /connection terminated|timeout exceeded when trying to connect|not queryable|timeout expired/i;

/**
 * Whatever a query threw, as the error that the rest of the program knows.
 *
 * Lost connections, refused logins and timeouts become `database_unavailable`, rules of ours in SQL what
 * {@link RAISED_SQLSTATES} says, everything else `internal`. What PostgreSQL said stays in `cause`.
 */
export function mapDatabaseError(thrown: unknown): StoryTreeError {
  const meaning = isConnectionLost(thrown) ? LOST : meaningOf(thrown);
  if (meaning === undefined) return toStoryTreeError(thrown);
  return new StoryTreeError(meaning.code, meaning.message, { cause: thrown });
}

/** Whether the server could not be reached or went away, so that connecting again may help. */
export function isConnectionLost(thrown: unknown): boolean {
  if (meaningOf(thrown) === LOST) return true;
  if (thrown instanceof AggregateError) return thrown.errors.some(isConnectionLost);
  if (!(thrown instanceof Error) || thrown instanceof StoryTreeError) return false;
  return NETWORK_CODES.has(codeOf(thrown) ?? '') || DRIVER_MESSAGES.test(thrown.message);
}

function meaningOf(thrown: unknown): Meaning | undefined {
  const state = thrown instanceof pg.DatabaseError ? codeOf(thrown) : undefined;
  if (state === undefined) return undefined;
  return SQLSTATES[state] ?? SQLSTATES[state.slice(0, 3)] ?? SQLSTATES[state.slice(0, 2)];
}

function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
