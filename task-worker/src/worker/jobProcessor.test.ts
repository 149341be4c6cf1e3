import { expect, it } from 'vitest';
import { createProgressMirror } from './jobProcessor.ts';

it('sends the latest percent, one at a time, whatever becomes of it', async () => {
  const sent: { percent: number; done: PromiseWithResolvers<void> }[] = [];
  const mirror = createProgressMirror((percent) => {
    const done = Promise.withResolvers<void>();
    sent.push({ percent, done });
    return done.promise;
  });
  const percents = () => sent.map(({ percent }) => percent);
  for (const percent of [0, 10, 20, 30]) mirror(percent);
  expect(percents()).toEqual([10]);
  sent[0]?.done.reject(new Error('away'));
  await expect.poll(percents, { timeout: 10_000 }).toEqual([10, 30]);
  sent[1]?.done.resolve();
  mirror(30);
  await Promise.resolve();
  expect(percents()).toEqual([10, 30]);
});

it('leaves a job that has shown no percent as it is when that ends, and takes one that has to the whole', async () => {
  const sent: number[] = [];
  const send = async (percent: number) => void sent.push(percent);
  createProgressMirror(send)(100);
  expect(sent).toEqual([]);
  const mirror = createProgressMirror(send);
  mirror(40);
  mirror(100);
  await expect.poll(() => sent, { timeout: 10_000 }).toEqual([40, 100]);
});
