import { randomInt } from 'node:crypto';
import { ownEnvironment } from '@story-tree/testkit/programs/processEnvironment.ts';

/** @returns a random seed */
export const anySeed = () => randomInt(1, 1_000_000);

/** The seed of everything random in a run: `STORY_TREE_SEED`, or else the usual one. */
export function seedOfRun(usual: number): number {
  const given = Number(ownEnvironment().STORY_TREE_SEED);
  return Number.isSafeInteger(given) && given > 0 ? given : usual;
}
