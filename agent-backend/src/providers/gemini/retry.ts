import type { AttemptFailure, FailureKind } from './failure.ts';
import type { RetrySettings } from './settings.ts';

/** Part of a wait that the service asked for by which waits may differ, so that not all callers return at once. */
const THROTTLE_JITTER = 0.1;

/** Decides for one call, failure by failure: milliseconds to wait before the next attempt; undefined to give up. */
export type RetryPolicy = (failure: AttemptFailure) => number | undefined;

/**
 * Every kind of failure has a budget and a backoff of its own, which is why no general retry library does here: a
 * service that is throttled for minutes must not use up what is meant for a broken one, nor the other way round.
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
