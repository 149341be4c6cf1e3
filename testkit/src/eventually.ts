import { setTimeout as sleep } from 'node:timers/promises';

/** Far more than anything takes on a busy machine, in milliseconds. */
export const PATIENCE_MS = 60_000;

/** Each pause is that much longer than the one before, up to the longest: what takes its time is looked at less often. */
const GROWTH = 1.2;
const LONGEST_PAUSE_MS = 250;

export interface Pace {
  /** The first pause. */
  everyMs?: number;
  patienceMs?: number;
}

/**
 * Looks again and again until there is what is looked for.
 * @param look gives what is looked for, null while it is not there
 * @throws Error with the words of `inVain` when it never is
 */
export async function eventually<T>(
  look: () => Promise<T | null>,
  inVain: () => string,
  { everyMs = 20, patienceMs = PATIENCE_MS }: Pace = {},
): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (let pauseMs = everyMs; ; pauseMs = Math.min(pauseMs * GROWTH, LONGEST_PAUSE_MS)) {
    const found = await look();
    if (found !== null) return found;
    if (performance.now() > deadline) throw new Error(inVain());
    await sleep(pauseMs);
  }
}
