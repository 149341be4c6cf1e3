import { StoryTreeError } from '@story-tree/domain';

function cancelled(signal: AbortSignal): StoryTreeError {
  return new StoryTreeError('cancelled', 'The call was cancelled.', { cause: signal.reason });
}

/**
 * Waits as long as a slow model would.
 *
 * @throws StoryTreeError `cancelled` as soon as the signal is aborted, also when it already is
 */
export function waitLike(latencyMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.reject(cancelled(signal));
  if (latencyMs === 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(cancelled(signal));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    }, latencyMs);
    signal.addEventListener('abort', abort, { once: true });
  });
}
