import { describe, expect, it } from 'vitest';
import { formatAge, formatDuration, formatMoney } from './format.ts';

describe('figures', () => {
  it('says money in dollars and never calls a little nothing', () => {
    expect([0, 0.004, 0.01, 1.239].map((usd) => formatMoney(usd))).toEqual(['$0.00', '< $0.01', '$0.01', '$1.24']);
    expect(formatMoney(0.00421, true)).toBe('$0.0042');
  });

  it('says durations in at most two units', () => {
    const said = [0, 420, 1_000, 59_999, 60_000, 192_000, 3_600_000, 7_500_000].map(formatDuration);

    expect(said).toEqual(['0 ms', '420 ms', '1 s', '59 s', '1 min', '3 min 12 s', '1 h', '2 h 5 min']);
  });

  it('says ages roughly, and the day once that is long ago', () => {
    const now = new Date('2026-11-20T12:00:00Z');
    const ages = [
      '2026-11-20T12:00:30Z',
      '2026-11-20T11:59:30Z',
      '2026-11-20T11:55:00Z',
      '2026-11-20T09:00:00Z',
      '2026-11-19T09:00:00Z',
      '2026-11-10T12:00:00Z',
      '2026-09-01T23:30:00Z',
    ].map((moment) => formatAge(new Date(moment), now));

    expect(ages).toEqual(['just now', 'just now', '5 min ago', '3 h ago', 'yesterday', '10 days ago', '1 Sept 2026']);
  });
});
