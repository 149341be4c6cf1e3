import { expect, it } from 'vitest';
import { forEachConcurrently } from './concurrently.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

it('throws the first failure after what was under way has ended, and begins nothing more', async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const work = forEachConcurrently([1, 2, 3, 4, 5, 6], 2, async (item) => {
    begun.push(item);
    await turn();
    if (item === 1) throw new Error('first');
    await turn();
    ended.push(item);
  });
  await expect(work).rejects.toThrow('first');
  expect(begun).toEqual([1, 2]);
  expect(ended).toEqual([2]);
});

it('visits every item once and never more than the limit at a time', async () => {
  const seen: number[] = [];
  let running = 0;
  let most = 0;
  await forEachConcurrently(
    Array.from({ length: 50 }, (_, index) => index),
    4,
    async (item) => {
      running += 1;
      most = Math.max(most, running);
      await turn();
      seen.push(item);
      running -= 1;
    },
  );
  expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index));
  expect(most).toBe(4);
});

it('has nothing to do for nothing', async () => {
  await expect(forEachConcurrently([], 4, () => Promise.reject(new Error('called')))).resolves.toBeUndefined();
});
