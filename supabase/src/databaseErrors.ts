import { codeOf, type ErrorCode, StoryTreeError, storyBusy, taskHolder, toStoryTreeError } from '@story-tree/domain';
import pg from 'pg';
import { refusalOf } from './connectFailures.ts';

interface Meaning {
  code: ErrorCode;
  message: string;
}

/**
 * What our own SQL raises: SQLSTATEs of class ST, one for each rule that it enforces. Those that only a bug can break are
 * missing here and count as `internal`: ST002 (a row that is never changed or removed),
 * ST004 (how a task may go), ST005 (what a task is) and ST006 (a task that has not ended stays).
 */
const RAISED_SQLSTATES: Readonly<Record<string, Meaning>> = {
  ST001: {
    code: 'lease_lost',
    message: 'Another writer has taken over this story in the meantime: try again when it is done.',
  },
  ST003: {
    code: 'task_ended',
    message: 'This task has ended and can no longer change. Start a new one instead.',
  },
  ST007: {
    code: 'not_found',
    message: 'There is no such task. It may have been removed with its story, or because it ended long ago.',
  },
  ST008: {
    code: 'not_found',
    message: 'There is no such story. Check the id against the list of stories, or create the story first.',
  },
  ST010: {
    code: 'idempotency_mismatch',
    message:
      'This Idempotency-Key was used for a different request within the last 24 hours. Send a new key with a new request.',
  },
  ST012: {
    code: 'not_found',
    message: "The constitution has no such version. Choose one from the story's list of versions.",
  },
  ST013: {
    code: 'task_unstoppable',
    message: 'This task has begun and cannot be stopped halfway. Wait until it ends.',
  },
};

/** Who writes to a busy story, from the `detail` of the error: the id of a task, or who has signed the lease. */
const BUSY_SQLSTATES: Readonly<Record<string, (detail: string) => string>> = {
  ST009: taskHolder,
  ST011: (holder) => holder,
};

const LOST: Meaning = {
  code: 'database_unavailable',
  message: 'The connection to the database is lost: check that it is running, then try again.',
};
const FULL: Meaning = {
  code: 'database_unavailable',
  message: 'The database accepts no more connections: end other programs that use it, then try again.',
};
const SLOW: Meaning = {
  code: 'database_unavailable',
  message: 'The database took too long or was busy with conflicting work: try again.',
};
const NO_SPACE: Meaning = {
  code: 'database_unavailable',
  message: 'The disk of the database is full: free some space, then try again.',
};

const READ_ONLY: Meaning = {
  code: 'database_unavailable',
  message: 'The database accepts no changes at the moment: check whether its disk is full, or whether it is a standby.',
};

/** By SQLSTATE, or by its class of two characters. */
const SQLSTATES: Readonly<Record<string, Meaning>> = {
  ...RAISED_SQLSTATES,
  '08': LOST,
  25006: READ_ONLY,
  '40': SLOW,
  53100: NO_SPACE,
  53300: FULL,
  '55P03': SLOW,
  57014: SLOW,
  '57P': LOST,
};

const MISSING_RIGHT = '42501';
/** What the driver and TLS say of a connection that does not come about. */
const ABOUT_CONNECTIONS = /CERT|TLS|SSL|SASL/;

const NETWORK_CODES = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['ENOTFOUND', 'EAI_AGAIN'],
]);

/** The driver gives these no code. */
const DRIVER_MESSAGES =
  /connection terminated|timeout exceeded when trying to connect|not queryable|timeout expired|query read timeout/i;

/**
 * Turns whatever a query threw into the error that the rest of the program knows.
 *
 * @param thrown an error of pg or of the network, or any other: a `StoryTreeError` comes back as it is
 * @returns lost connections, refused logins and timeouts become `database_unavailable`, broken rules what
 * {@link RAISED_SQLSTATES} says, everything else `internal`. What PostgreSQL said stays in `cause`.
 */
export function mapDatabaseError(thrown: unknown): StoryTreeError {
  const meaning = isConnectionLost(thrown) ? LOST : (refusedConnection(thrown) ?? meaningOf(thrown));
  if (meaning === undefined) return busyStory(thrown) ?? missingRight(thrown) ?? toStoryTreeError(thrown);
  return new StoryTreeError(meaning.code, meaning.message, { cause: thrown });
}

/**
 * While a program runs, a connection that is refused counts like a database that is away: the login or the certificate
 * worked before, and may work again without the program, whose work waits, having been ended.
 */
function refusedConnection(thrown: unknown): Meaning | undefined {
  if (thrown instanceof StoryTreeError || !(thrown instanceof Error)) return undefined;
  const isAboutConnections =
    thrown instanceof pg.DatabaseError
      ? /^(28|3D)/.test(codeOf(thrown) ?? '')
      : ABOUT_CONNECTIONS.test(`${codeOf(thrown)} ${thrown.message}`);
  const refusal = isAboutConnections ? refusalOf(thrown) : undefined;
  return refusal === undefined ? undefined : { code: 'database_unavailable', message: `The database ${refusal}.` };
}

/** What PostgreSQL says of a right names nothing but what it is about. */
function missingRight(thrown: unknown): StoryTreeError | null {
  if (!(thrown instanceof pg.DatabaseError) || thrown.code !== MISSING_RIGHT) return null;
  return new StoryTreeError(
    'not_configured',
    `The user of the database lacks a right (${thrown.message}): grant it, or name the owner of Story Tree's tables in DATABASE_URL.`,
    { cause: thrown },
  );
}

function busyStory(thrown: unknown): StoryTreeError | null {
  if (!(thrown instanceof pg.DatabaseError)) return null;
  const holderOf = BUSY_SQLSTATES[codeOf(thrown) ?? ''];
  return holderOf === undefined ? null : storyBusy(holderOf(thrown.detail ?? ''), { cause: thrown });
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
