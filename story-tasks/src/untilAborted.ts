import { setTimeout as sleep } from 'node:timers/promises';

/** How long work may take to stop. */
const GRACE_MS = 1_500;

/**
 * What the work comes to. After an abort it has a moment to stop, or to be done after all; then it is left to itself and
 * counts as stopped.
 * @throws the reason of the abort, when that came before whatever the work threw
 */
export async function untilAborted<T>(
  signal: AbortSignal,
  work: () => Promise<T>,
  graceMs: number = GRACE_MS,
): Promise<T> {
  const stopWaiting = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    const onAbort = () => {
      sleep(graceMs, undefined, { signal: stopWaiting.signal }).then(
        () => reject(signal.reason),
        () => undefined,
      );
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true, signal: stopWaiting.signal });
  });
  try {
    return await Promise.race([work(), aborted]);
  } catch (thrown) {
    throw signal.aborted ? signal.reason : thrown;
  } finally {
    stopWaiting.abort();
  }
}
