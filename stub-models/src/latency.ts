import { StoryTreeError } from '@story-tree/domain';

function cancelled(signal: AbortSignal): StoryTreeError {
  return new StoryTreeError('cancelled', 'The call was cancelled.', { cause: signal.reason });
}

/**
 * Waits as long as a slow model would, in milliseconds.
 *
 * @throws StoryTreeError `cancelled` as soon as the signal is aborted, or at once if it already is
 */
export function simulateLatency(latencyMs: number, signal: AbortSignal): Promise<void> {
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

/** Characters in a batch, and the milliseconds that each takes: the speed of a fast typist. */
const BATCH = 12;
const BATCH_MS = 15;

/** People only read the beginning of a reply while it is written, so the rest comes all at once. */
const STREAMED_CHARACTERS = 600;

/**
 * Hands over a text piece by piece, like a model that streams its reply.
 * @throws StoryTreeError `cancelled` as soon as the signal is aborted
 */
export async function streamText(text: string, onText: (soFar: string) => void, signal: AbortSignal): Promise<void> {
  for (let end = BATCH; end < Math.min(text.length, STREAMED_CHARACTERS); end += BATCH) {
    onText(text.slice(0, end));
    await simulateLatency(BATCH_MS, signal);
  }
  onText(text);
}
