import { describe, expect, it } from 'vitest';
import { barShares } from './TaskCosts.tsx';

describe('barShares', () => {
  it('measures by cost, and lets small costs be seen', () => {
    const tasks = [
      { calls: 1, costUsd: 2 },
      { calls: 9, costUsd: 1 },
      { calls: 3, costUsd: 0.000_1 },
      { calls: 3, costUsd: 0 },
    ];
    expect(barShares(tasks)).toEqual([100, 50, 1.5, 0]);
  });

  it('measures by calls when all was free', () => {
    expect(
      barShares([
        { calls: 4, costUsd: 0 },
        { calls: 1, costUsd: 0 },
      ]),
    ).toEqual([100, 25]);
    expect(barShares([{ calls: 0, costUsd: 0 }])).toEqual([0]);
    expect(barShares([])).toEqual([]);
  });
});
