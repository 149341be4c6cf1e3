import { type ErrorCode, type Log, toStoryTreeError } from '@story-tree/domain';
import pRetry from 'p-retry';
import { untilAborted } from './untilAborted.ts';

const PAUSE_MS = 2_000;
const REMIND_MS = 60_000;

/** What may pass by itself. */
const PASSING: readonly ErrorCode[] = ['database_unavailable', 'queue_unavailable'];

export interface WaitOptions {
  /** Told what is waited for: at first, when that changes, and every minute. */
  log: Log;
  /** Gives up waiting at once, also in the middle of an attempt, which is left to itself. */
  signal?: AbortSignal | undefined;
  /** Between two attempts, in milliseconds. */
  pauseMs?: number | undefined;
  /** Milliseconds after which an attempt that fails is the last; without end unless told. */
  patienceMs?: number | undefined;
}

/**
 * Does something that needs the database or the queue; while they do not answer, says so and tries again.
 * @throws StoryTreeError what waiting cannot fix; the signal's reason once that has aborted
 */
export function untilAvailable<T>(work: () => Promise<T>, options: WaitOptions): Promise<T> {
  const { log, signal, pauseMs = PAUSE_MS, patienceMs = Number.POSITIVE_INFINITY } = options;
  let told = { message: '', at: 0 };
  const retry = () =>
    pRetry(() => work(), {
      ...{ retries: Number.POSITIVE_INFINITY, minTimeout: pauseMs, factor: 1, signal, maxRetryTime: patienceMs },
      onFailedAttempt({ error, retryDelay }) {
        const { code, message } = toStoryTreeError(error);
        if (!PASSING.includes(code)) throw error;
        const now = performance.now();
        if (retryDelay === 0 || (message === told.message && now - told.at < REMIND_MS)) return;
        told = { message, at: now };
        log('warn', `${message} Trying again every ${pauseMs / 1000} seconds.`, { code });
      },
    });
  return signal === undefined ? retry() : untilAborted(signal, retry, 0);
}
