const FIRST_MS = 500;
const LONGEST_MS = 30_000;
/** Who has run for this long was well, whatever came before. */
const HEALTHY_MS = 60_000;

/**
 * How long to wait before a part is started again, in milliseconds: doubling, until it has run well for a minute.
 * @param previousMs the wait before its last start; 0 when it was the first
 * @param ranMs how long it ran
 */
export function restartDelay(previousMs: number, ranMs: number): number {
  if (previousMs === 0 || ranMs >= HEALTHY_MS) return FIRST_MS;
  return Math.min(previousMs * 2, LONGEST_MS);
}
