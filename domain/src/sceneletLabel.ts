const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** The most choices that a branch point can have: one letter each. */
export const MAX_CHOICES = LETTERS.length;

/** The label of a story's first scenelet. */
export const ROOT_LABEL = 'scenelet-1';

/**
 * The stable name of a scenelet: its depth (the root has 1), then one letter for each choice taken on the way to it.
 * It depends only on the place in the tree, never on the order in which scenelets were generated.
 *
 * @param ordinal the scenelet's place among its siblings, from 0
 * @throws RangeError if the parent's label is not valid, or the ordinal has no letter
 */
export function childLabel(parent: { label: string; isBranchPoint: boolean }, ordinal: number): string {
  const match = /^scenelet-(\d+)([a-z]*)$/.exec(parent.label);
  if (match === null) throw new RangeError(`not a scenelet label: ${parent.label}`);
  const letter = LETTERS[ordinal];
  if (letter === undefined) throw new RangeError(`no letter for choice ${ordinal}`);
  return `scenelet-${Number(match[1]) + 1}${match[2]}${parent.isBranchPoint ? letter : ''}`;
}

/** The depth of a scenelet by its label; the root has 1. */
export function labelDepth(label: string): number {
  return Number(/^scenelet-(\d+)/.exec(label)?.[1] ?? 0);
}
