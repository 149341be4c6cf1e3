import { waitLike } from './latency.ts';

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
