import type { Random } from '@story-tree/testkit/seeded.ts';
import type { Scene } from '../people/scene.ts';
import type { Stack } from '../stack/stack.ts';

/** Something bad that can be done to a stack. It is undone afterwards, unless the stack recovers by itself. */
export interface Trouble {
  /** Its name for `--trouble`. */
  name: string;
  /** What happens, in words. */
  kind: string;
  /** Whether it applies to a stack; without this, it applies to all. */
  appliesTo?(stack: Stack): boolean;
  /** Why this user cannot make it on this machine; null if they can. Without this, they always can. */
  obstacle?(stack: Stack): string | null;
  /** @returns false if there was nothing to do it to just now */
  make(scene: Scene, random: Random): Promise<boolean>;
}
