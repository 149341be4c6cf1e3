/** Long enough for any name, short enough for a folder's name in UTF-8 (255 bytes). */
const MAX_LENGTH = 60;

/**
 * An id for a name in any script: lower case, accents of European scripts dropped, everything but letters and digits
 * turned into single hyphens. A name without any letter or digit gets its code points, so the result is never empty.
 */
export function normalizeNameToId(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]|\p{Variation_Selector}/gu, '')
    .normalize('NFC')
    .toLowerCase();
  // A mark belongs to the letter before it; after anything else it goes with that.
  const hyphened = plain.replace(/[^\p{L}\p{N}\p{M}]+\p{M}*/gu, '-').replace(/^[-\p{M}]+/u, '');
  let id = firstCharacters(hyphened);
  while (id.endsWith('-')) id = id.slice(0, -1);
  return /[\p{L}\p{N}]/u.test(id) ? id : firstCharacters(['u', ...codePoints(name)].join('-'));
}

function firstCharacters(text: string): string {
  return [...text].slice(0, MAX_LENGTH).join('');
}

function codePoints(text: string): string[] {
  return [...text.trim()].map((character) => (character.codePointAt(0) ?? 0).toString(16));
}
