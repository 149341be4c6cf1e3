import { skipWithoutRedis } from '@story-tree/testkit/worker/skipWithoutRedis.ts';
import { expect, it } from 'vitest';
import { type OrdealOptions, runOrdeal } from '../../torture/ordeal.ts';
import { describeOrdeals, describeRound, describeViolation } from '../../torture/report.ts';
import { seedOfRun } from './seed.ts';

const MOST_MS_OF_A_ROUND = 240_000;

interface Survival extends Pick<OrdealOptions, 'backend' | 'troublesOf'> {
  rounds: number;
  /** `STORY_TREE_SEED` replaces it. */
  usualSeed: number;
}

/** Tests that the whole product survives a number of rounds of trouble. */
export function itSurvives({ backend, rounds, usualSeed, troublesOf }: Survival): void {
  const what = `survives whatever is done to it, with jobs on ${backend}`;
  it(what, { timeout: (rounds + 1) * MOST_MS_OF_A_ROUND }, async (context) => {
    skipWithoutRedis(context, backend);
    const ordeal = await runOrdeal({
      ...{ backend, troublesOf },
      seed: seedOfRun(usualSeed),
      isEnough: (done) => done >= rounds,
      tell: (round) => console.log(describeRound(backend, round)),
      signal: context.signal,
    });
    expect(ordeal.kept, ordeal.kept === null ? '' : describeViolation(ordeal)).toBeNull();
    console.log(describeOrdeals([ordeal]));
  });
}
