/** JSON text spells a NUL or half of a surrogate pair as one of these escapes; `jsonb` takes neither. */
const UNSTORABLE_ESCAPE = /\\u(?:0000|d[89a-f])/;

/** The text as PostgreSQL can keep it: NULs and halves of surrogate pairs become U+FFFD, everything else stays. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed();
}

/** A value as the text of a `jsonb` column, its strings made storable; undefined becomes null. */
export function toJson(value: unknown): string {
  const json = JSON.stringify(value ?? null);
  // Nearly every document is fine as it is, and the replacer is slow.
  if (!UNSTORABLE_ESCAPE.test(json)) return json;
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? storableText(part) : part));
}
