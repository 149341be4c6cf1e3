const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/**
 * How long to wait before the next attempt to connect: doubling, with random jitter of a fifth so that tabs do not fall
 * into step.
 */
export function backoff(failures: number, random: () => number = Math.random): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1)) * (0.8 + random() * 0.4);
}

/** The parts of a browser that exist: none outside of one. */
const page = globalThis as Partial<EventTarget> & { document?: EventTarget & { visibilityState: string } };

/**
 * Waits, unless the signal aborts or the page gets a reason to try at once: the network is back, or the page becomes
 * visible.
 */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      page.removeEventListener?.('online', wake);
      page.document?.removeEventListener('visibilitychange', wakeIfSeen);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const wakeIfSeen = () => {
      if (page.document?.visibilityState === 'visible') wake();
    };
    const timer = setTimeout(wake, milliseconds);
    page.addEventListener?.('online', wake);
    page.document?.addEventListener('visibilitychange', wakeIfSeen);
    signal.addEventListener('abort', wake);
    if (signal.aborted) wake();
  });
}
