const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/** How long to wait before the next try to connect: doubling, with a fifth of chance so that tabs do not come in step. */
export function backoff(failures: number, random: () => number = Math.random): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1)) * (0.8 + random() * 0.4);
}

/** What there is of a browser: in a program without pages, nothing. */
const page = globalThis as Partial<EventTarget> & { document?: EventTarget & { visibilityState: string } };

/** Waits, unless the signal aborts or the page gets a reason to try at once: the network is back, or it is looked at. */
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
