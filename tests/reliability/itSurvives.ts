import { expect, it } from 'vitest';
import { undergo } from '../../torture/ordeal.ts';
import { describeOrdeals, describeRound, describeViolation } from '../../torture/report.ts';
import { skipWithoutRedis } from '../worker/support/skipWithoutRedis.ts';
import type { Backend } from '../worker/support/workshop.ts';
import { seedOfRun } from './seed.ts';

/** The whole product, through so many rounds of trouble; `STORY_TREE_SEED` draws those of another run. */
export function itSurvives(backend: Backend, rounds: number, usualSeed: number): void {
  it(`survives, whatever is done to it, with jobs on ${backend}`, async (context) => {
    skipWithoutRedis(context, backend);
    const ordeal = await undergo({
      backend,
      seed: seedOfRun(usualSeed),
      troublesOf: () => [],
      isEnough: (done) => done >= rounds,
      tell: (round) => console.log(describeRound(backend, round)),
      signal: context.signal,
    });
    expect(ordeal.kept, ordeal.kept === null ? '' : describeViolation(ordeal)).toBeNull();
    console.log(describeOrdeals([ordeal]));
  });
}
