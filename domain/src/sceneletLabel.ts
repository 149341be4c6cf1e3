const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** How many choices a branch point can have at most: one letter each. */
export const MAX_CHOICES = LETTERS.length;

/** The label of a story's first scenelet. */
export const ROOT_LABEL = 'scenelet-1';

/**
 * The stable name of a scenelet: its depth (the root has 1), then one letter for each choice taken on the way to it.
 * It follows from the place in the tree alone, never from the order in which scenelets were generated.
 *
 * @throws RangeError when the parent's label is none, or the ordinal has no letter
 */
export function childLabel(parent: { label: string; isBranchPoint: boolean }, ordinal: number): string {
  const match = /^scenelet-(\d+)([a-z]*)$/.exec(parent.label);
  if (match === null) throw new RangeError(`not a scenelet label: ${parent.label}`);
  const letter = LETTERS[ordinal];
  if (letter === undefined) throw new RangeError(`no letter for choice ${ordinal}`);
  return `scenelet-${Number(match[1]) + 1}${match[2]}${parent.isBranchPoint ? letter : ''}`;
}

/** How deep a labelled scenelet lies; the root has 1. */
export function labelDepth(label: string): number {
  return Number(/^scenelet-(\d+)/.exec(label)?.[1] ?? 0);
}
