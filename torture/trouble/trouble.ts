import type { Lot } from '../../tests/support/seeded.ts';
import type { Stack } from '../stack/stack.ts';
import type { Disturbances } from './disturbances.ts';

/** Something bad that can be done to a stack, and is mended in the end unless the stack does that itself. */
export interface Trouble {
  kind: string;
  /** @returns false when there was nothing to do it to */
  make(stack: Stack, lot: Lot, disturbances: Disturbances): Promise<boolean>;
}
