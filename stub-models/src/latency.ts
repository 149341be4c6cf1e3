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

/** Characters that come at a time, and how long each batch takes, in milliseconds: somebody who types fast. */
const BATCH = 12;
const BATCH_MS = 15;

/** What people read of a reply while it is written stands at its beginning; the rest comes in one go. */
const RECITED = 600;

/**
 * Says a text piece by piece, as a model that streams its reply.
 * @throws StoryTreeError `cancelled` as soon as the signal is aborted
 */
export async function recite(text: string, onText: (soFar: string) => void, signal: AbortSignal): Promise<void> {
  for (let end = BATCH; end < Math.min(text.length, RECITED); end += BATCH) {
    onText(text.slice(0, end));
    await waitLike(BATCH_MS, signal);
  }
  onText(text);
}
