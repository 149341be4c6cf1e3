import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for work, but no longer than that. */
export async function withinTime(ms: number, work: Promise<void>): Promise<void> {
  const isOver = new AbortController();
  try {
    await Promise.race([work, sleep(ms, undefined, { signal: isOver.signal })]);
  } finally {
    isOver.abort();
  }
}
