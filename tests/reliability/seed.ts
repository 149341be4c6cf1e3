import { randomInt } from 'node:crypto';
import { ownEnvironment } from '../support/appBuild.ts';

/** What decides everything that a run leaves to chance. `STORY_TREE_SEED` gives the one of an earlier run. */
export function seedOfRun(): number {
  const given = Number(ownEnvironment().STORY_TREE_SEED);
  return Number.isSafeInteger(given) && given > 0 ? given : randomInt(1, 1_000_000);
}
