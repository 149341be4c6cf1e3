import { describe, expect, it } from 'vitest';
import { rowsInWindow } from './outlineRows.ts';

const SIGHT = { top: 300, height: 100, rowHeight: 30, spare: 1 };

describe('the window over rows', () => {
  it('holds what is in sight and a little more', () => {
    expect(rowsInWindow(100, SIGHT, 10)).toEqual([9, 10, 11, 12, 13, 14, 15]);
  });

  it('holds the one that must be there, in its order', () => {
    expect(rowsInWindow(100, SIGHT, 2)[0]).toBe(2);
    expect(rowsInWindow(100, SIGHT, 99).at(-1)).toBe(99);
  });

  it('ends where the rows end', () => {
    expect(rowsInWindow(3, { ...SIGHT, top: 0 }, -1)).toEqual([0, 1, 2]);
    expect(rowsInWindow(0, SIGHT, 0)).toEqual([]);
  });
});
