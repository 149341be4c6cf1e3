import type { Follower } from '../people/follower.ts';
import type { Scene } from '../people/scene.ts';
import type { Snapshot } from '../stack/snapshot.ts';

/** The state after a round, when everything is calm again. */
export interface Aftermath extends Scene {
  /** The last event before the round. */
  since: string;
  /** How much output each part had before the round, by its name. */
  saidBefore: ReadonlyMap<string, number>;
  followers: readonly Follower[];
  /** A story made without any trouble. */
  undisturbed: Snapshot;
  /** The stories that exist, all of them complete. */
  stories: readonly string[];
}

/** Something that must hold whatever happens. */
export interface Invariant {
  /** States what must hold. */
  name: string;
  /** @returns a sentence for each violation */
  findViolations(aftermath: Aftermath): Promise<readonly string[]>;
}
