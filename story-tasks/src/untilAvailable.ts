import { type ErrorCode, type Log, toStoryTreeError } from '@story-tree/domain';
import pRetry from 'p-retry';

const PAUSE_MS = 2_000;

/** What may pass by itself. */
const PASSING: readonly ErrorCode[] = ['database_unavailable', 'queue_unavailable'];

export interface WaitOptions {
  /** Told about each attempt that failed. */
  log: Log;
  /** Gives up waiting. */
  signal?: AbortSignal | undefined;
  /** Between two attempts, in milliseconds. */
  pauseMs?: number | undefined;
}

/**
 * Does something that needs the database or the queue; while they do not answer, says so and tries again.
 * @throws StoryTreeError what waiting cannot fix; the signal's reason once that has aborted
 */
export function untilAvailable<T>(
  work: () => Promise<T>,
  { log, signal, pauseMs = PAUSE_MS }: WaitOptions,
): Promise<T> {
  return pRetry(() => work(), {
    ...{ retries: Number.POSITIVE_INFINITY, minTimeout: pauseMs, factor: 1, signal },
    onFailedAttempt({ error }) {
      const { code, message } = toStoryTreeError(error);
      if (!PASSING.includes(code)) throw error;
      log('warn', `${message} Trying again in ${pauseMs / 1000} seconds.`, { code });
    },
  });
}
