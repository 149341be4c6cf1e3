import type { Build } from './look.ts';

/** Sizes of a figure in its own units; the middle of the head is the origin and the head is about 104 high. */
export interface Measures {
  /** From the middle of the head down to the soles. */
  feet: number;
  shoulders: number;
  hem: number;
  hemHalf: number;
  arm: number;
  limb: number;
}

export const SHOULDER_Y = 78;

const MEASURES: Readonly<Record<Build, Measures>> = {
  child: { feet: 372, shoulders: 50, hem: 288, hemHalf: 82, arm: 58, limb: 31 },
  adult: { feet: 520, shoulders: 62, hem: 392, hemHalf: 88, arm: 84, limb: 34 },
  elder: { feet: 446, shoulders: 62, hem: 384, hemHalf: 98, arm: 70, limb: 35 },
  broad: { feet: 530, shoulders: 104, hem: 420, hemHalf: 132, arm: 88, limb: 50 },
  tall: { feet: 600, shoulders: 58, hem: 480, hemHalf: 92, arm: 100, limb: 31 },
};

export function measuresOf(build: Build): Measures {
  return MEASURES[build];
}
