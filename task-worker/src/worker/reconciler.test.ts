import { expect, it } from 'vitest';
import { repeatedly } from './reconciler.ts';

const LONG_MS = 3_600_000;
const silent = () => undefined;

/** Work that is done only when the test says so. */
function rig() {
  const rounds: PromiseWithResolvers<void>[] = [];
  const repetition = repeatedly(LONG_MS, silent, () => {
    const round = Promise.withResolvers<void>();
    rounds.push(round);
    return round.promise;
  });
  const begun = (count: number) => expect.poll(() => rounds.length, { timeout: 10_000 }).toBe(count);
  return { rounds, repetition, begun };
}

it('does not wait for the next time when told so', async () => {
  const { rounds, repetition, begun } = rig();
  rounds[0]?.resolve();
  // Lets it begin to wait.
  await new Promise(setImmediate);
  repetition.soon();
  await begun(2);
  rounds[1]?.resolve();
  await repetition.stop();
});

it('works once more when told so in the middle of the work', async () => {
  const { rounds, repetition, begun } = rig();
  repetition.soon();
  repetition.soon();
  rounds[0]?.resolve();
  await begun(2);
  const stopped = repetition.stop();
  rounds[1]?.resolve();
  await stopped;
  expect(rounds).toHaveLength(2);
});
