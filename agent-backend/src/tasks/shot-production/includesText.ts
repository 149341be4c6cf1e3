/**
 * Whether a text holds another. Takes time in proportion to both (Knuth, Morris and Pratt), where the language's own search
 * takes that of their product with texts that are made for it: a second and more for a single line.
 */
export function includesText(text: string, wanted: string): boolean {
  const fallbacks = fallbacksOf(wanted);
  let matched = 0;
  for (let at = 0; at < text.length && matched < wanted.length; at += 1) {
    matched = next(wanted, fallbacks, matched, text[at]);
  }
  return matched === wanted.length;
}

/** For each length of a beginning of `wanted`: how long the beginning is that it ends with. */
function fallbacksOf(wanted: string): Uint32Array {
  const fallbacks = new Uint32Array(wanted.length + 1);
  for (let at = 1; at < wanted.length; at += 1) {
    fallbacks[at + 1] = next(wanted, fallbacks, fallbacks[at] ?? 0, wanted[at]);
  }
  return fallbacks;
}

/** How much of `wanted` is matched with one more character. */
function next(wanted: string, fallbacks: Uint32Array, matched: number, character: string | undefined): number {
  let length = matched;
  while (length > 0 && wanted[length] !== character) length = fallbacks[length] ?? 0;
  return wanted[length] === character ? length + 1 : length;
}
