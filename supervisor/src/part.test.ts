import { expect, test } from 'vitest';
import { restartDelay } from './part.ts';

test('the wait doubles from half a second to half a minute', () => {
  const delays: number[] = [];
  for (let index = 0; index < 9; index += 1) delays.push(restartDelay(delays.at(-1) ?? 0, 1_000));
  expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});

test('a minute of health is a new beginning', () => {
  expect(restartDelay(16_000, 59_999)).toBe(30_000);
  expect(restartDelay(16_000, 60_000)).toBe(500);
});
