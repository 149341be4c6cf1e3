import type { Follower } from '../people/follower.ts';
import type { Scene } from '../people/scene.ts';
import type { Snapshot } from '../stack/snapshot.ts';

/** What is left of a round when all is calm again. */
export interface Aftermath extends Scene {
  /** The last event before the round. */
  since: string;
  /** How much every part had said before the round, by its name. */
  saidBefore: ReadonlyMap<string, number>;
  followers: readonly Follower[];
  /** What a story is made of that nothing was done to. */
  undisturbed: Snapshot;
  /** The stories that are there, each of them complete. */
  stories: readonly string[];
}

/** Something that holds whatever happens. */
export interface Invariant {
  /** As a claim. */
  name: string;
  /** @returns a sentence for each thing that is against it */
  findViolations(aftermath: Aftermath): Promise<readonly string[]>;
}
