import type { Random } from '@story-tree/testkit/seeded.ts';
import type { Scene } from '../people/scene.ts';
import type { Stack } from '../stack/stack.ts';

/** Something bad that can be done to a stack, and is repaired in the end unless the stack does that itself. */
export interface Trouble {
  /** What `--trouble` calls it. */
  name: string;
  /** What happens, for people. */
  kind: string;
  /** Whether a stack has what it is done to; every stack has without. */
  appliesTo?(stack: Stack): boolean;
  /** Why this user cannot make it on this machine; null when they can, as always without. */
  obstacle?(stack: Stack): string | null;
  /** @returns false when there was nothing to do it to just now */
  make(scene: Scene, random: Random): Promise<boolean>;
}
