import { expect, it } from 'vitest';
import { basisInWords, figuresInWords } from './estimate.ts';

it.each([
  [{ calls: 120, costUsd: 1.4, durationMs: 9.4 * 60_000 }, '120 calls, $1.40, about 9 minutes'],
  [{ calls: 1, costUsd: 0.004, durationMs: 1_000 }, '1 call, less than a cent, less than a minute'],
  [{ calls: 2, costUsd: null, durationMs: 60_000 }, '2 calls, cost unknown, about 1 minute'],
  [{ calls: 0, costUsd: 0, durationMs: 0 }, '0 calls, $0.00, less than a minute'],
])('says %j', (figures, words) => {
  expect(figuresInWords(figures)).toBe(words);
});

it.each([
  [{ calls: 412, stories: 3, listPrices: false }, 'from 412 calls of 3 stories'],
  [{ calls: 1, stories: 1, listPrices: true }, 'from 1 call of 1 story, and list prices for the rest'],
  [{ calls: 0, stories: 0, listPrices: true }, 'from typical sizes and list prices'],
  [{ calls: 0, stories: 0, listPrices: false }, 'from what the stub is known to make'],
])('says what it goes by: %j', (basis, words) => {
  expect(basisInWords(basis)).toBe(words);
});
