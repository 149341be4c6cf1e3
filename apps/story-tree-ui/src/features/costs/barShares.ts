/**
 * How long each bar is, in percent of the longest: by cost, or by calls where nothing has cost anything. What is not
 * nothing is never so short that it cannot be seen.
 */
export function barShares(tasks: readonly { calls: number; costUsd: number }[]): number[] {
  const byCost = tasks.some(({ costUsd }) => costUsd > 0);
  const sizes = tasks.map(({ calls, costUsd }) => (byCost ? costUsd : calls));
  const largest = Math.max(...sizes);
  return sizes.map((size) => (size === 0 ? 0 : Math.max(LEAST_PERCENT, (100 * size) / largest)));
}

const LEAST_PERCENT = 1.5;
