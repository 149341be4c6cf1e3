import type { StoryTreeError } from '@story-tree/domain';

/**
 * Decides how an attempt that failed is retried.
 * - `broken`: the service or the network is down; wait and try again.
 * - `throttled`: the service asks for less load; wait as long as it says.
 * - `empty`: an answer without content; worth asking again, though every attempt is billed.
 * - `truncated`: the answer reached its length limit; ask once more with more room.
 * - `misheard`: the speech model wrote text instead of speaking; ask once more.
 * - `final`: asking again would change nothing.
 */
export type FailureKind = 'broken' | 'throttled' | 'empty' | 'truncated' | 'misheard' | 'final';

/** An attempt that failed. Its message is a sentence for people that says why the call is retried. */
export class AttemptFailure extends Error {
  readonly kind: FailureKind;
  /** Thrown to the caller once retrying is over. */
  readonly error: StoryTreeError;
  /** Milliseconds that the service asked to be left alone, if it did. */
  readonly retryAfterMs: number | undefined;
  /** The service is overloaded: other calls should hold back too. */
  readonly overloaded: boolean;

  constructor(
    kind: FailureKind,
    reason: string,
    error: StoryTreeError,
    options: { retryAfterMs?: number | undefined; overloaded?: boolean } = {},
  ) {
    super(reason, { cause: error });
    this.name = 'AttemptFailure';
    this.kind = kind;
    this.error = error;
    this.retryAfterMs = options.retryAfterMs;
    this.overloaded = options.overloaded ?? false;
  }
}

/** How often and for how long a call is tried. */
export interface RetrySettings {
  /** Requests in total while the service or the network is down. */
  attempts: number;
  /** How many times the service may ask for less load. */
  throttles: number;
  /** Further requests after empty replies. Each is billed. */
  emptyReplies: number;
  /** Milliseconds of the first wait; each further one doubles. */
  baseDelayMs: number;
  /** Milliseconds of the longest wait, unless the service asks for a longer one. */
  maxDelayMs: number;
  /** Milliseconds that a call may take in total, waits included. */
  deadlineMs: number;
}

export const DEFAULT_RETRY: RetrySettings = {
  attempts: 5,
  throttles: 10,
  emptyReplies: 2,
  baseDelayMs: 1_000,
  maxDelayMs: 60_000,
  deadlineMs: 1_200_000,
};

/** Fraction of a requested wait that is added at random, so that callers do not all return at once. */
const THROTTLE_JITTER = 0.1;

/** Called with each failure of one call: milliseconds to wait before the next attempt, or undefined to give up. */
export type RetryPolicy = (failure: AttemptFailure) => number | undefined;

/**
 * Every kind of failure has its own budget and backoff, which no general retry library offers: minutes of throttling must
 * not use up the attempts meant for a broken service, nor the other way round.
 */
export function createRetryPolicy(settings: RetrySettings, random: () => number): RetryPolicy {
  const budgets: Readonly<Record<FailureKind, number>> = {
    broken: settings.attempts - 1,
    throttled: settings.throttles,
    empty: settings.emptyReplies,
    truncated: 1,
    misheard: 1,
    final: 0,
  };
  const failures = new Map<FailureKind, number>();

  return ({ kind, retryAfterMs = 0 }) => {
    const earlier = failures.get(kind) ?? 0;
    failures.set(kind, earlier + 1);
    if (earlier >= budgets[kind]) return undefined;
    const backoff = Math.min(settings.maxDelayMs, settings.baseDelayMs * 2 ** earlier);
    switch (kind) {
      case 'throttled': {
        const wait = Math.max(retryAfterMs, backoff);
        return wait + random() * Math.max(settings.baseDelayMs, wait * THROTTLE_JITTER);
      }
      case 'broken':
      case 'empty':
        return Math.max(retryAfterMs, random() * backoff);
      default:
        return 0;
    }
  };
}
