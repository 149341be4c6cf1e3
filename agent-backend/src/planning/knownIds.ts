/** How many ids are listed at most. */
const LISTED = 8;

/**
 * What there is instead of an id that does not exist, as a sentence: all ids if they are few, else those that begin most like
 * the wanted one, and how many there are.
 * @param noun in the singular and the plural, as in `['scenelet', 'scenelets']`
 */
export function knownIds(ids: readonly string[], wanted: string, [one, many]: readonly [string, string]): string {
  if (ids.length === 0) return `There are no ${many} yet.`;
  if (ids.length === 1) return `The only ${one} is ${ids[0]}.`;
  if (ids.length <= LISTED) return `The ${many} are ${ids.join(', ')}.`;
  const nearest = ids.toSorted((a, b) => sharedStart(b, wanted) - sharedStart(a, wanted)).slice(0, LISTED);
  return `Among its ${ids.length} ${many} are ${nearest.join(', ')}.`;
}

/** How many characters two ids have in common at their beginning. */
function sharedStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}
