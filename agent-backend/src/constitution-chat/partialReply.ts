/** A JSON string whose end may not have arrived yet. */
interface PartialString {
  /** Decoded; half an escape at its end is left out. */
  value: string;
  /** The index after the closing quote; null if that has not arrived yet. */
  end: number | null;
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** One decoded piece of a string: an escape, half an escape at the very end, or anything else up to the next one. */
const PIECE = /\\u[0-9a-f]{4}|\\(?:u[0-9a-f]{0,3})?$|\\[\s\S]|[^"\\]+/iy;

const SPACE = /[\s,]*/y;
const COLON = /\s*:\s*/y;

/**
 * The value so far of a string field in a JSON object that is still being written: empty before the field begins, complete
 * once its string is closed. Only the outermost object counts; text before it (a fence, a sentence) is skipped.
 */
export function partialField(json: string, field: string): string {
  const start = json.indexOf('{');
  for (let at = start + 1; start >= 0 && at < json.length; ) {
    const key = readString(json, skip(json, at, SPACE));
    if (key?.end == null) return '';
    const valueAt = skip(json, key.end, COLON);
    const value = readString(json, valueAt);
    if (key.value === field) return value === null ? '' : withoutHalfPair(value.value);
    const end = value === null ? endOfValue(json, valueAt) : value.end;
    if (end === null) return '';
    at = end;
  }
  return '';
}

/** Null if no string begins there. */
function readString(json: string, at: number): PartialString | null {
  if (json[at] !== '"') return null;
  let value = '';
  PIECE.lastIndex = at + 1;
  let next = at + 1;
  for (let piece = PIECE.exec(json); piece !== null; piece = PIECE.exec(json)) {
    value += decoded(piece[0]);
    next = PIECE.lastIndex;
  }
  return { value, end: json[next] === '"' ? next + 1 : null };
}

function decoded(piece: string): string {
  if (!piece.startsWith('\\')) return piece;
  const code = /^\\u([0-9a-f]{4})$/i.exec(piece)?.[1];
  if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
  const character = piece.slice(1);
  return character.length === 1 && character !== 'u' ? (ESCAPES[character] ?? character) : '';
}

/** The end of a value that is not a string; null if it has not arrived yet. */
function endOfValue(json: string, from: number): number | null {
  let depth = 0;
  for (let at = from; at < json.length; at++) {
    const character = json[at] as string;
    if (character === '"') {
      const end = readString(json, at)?.end ?? null;
      if (end === null) return null;
      at = end - 1;
    } else if ('{['.includes(character)) depth += 1;
    else if ('}]'.includes(character)) {
      if (depth === 0) return at;
      depth -= 1;
    } else if (character === ',' && depth === 0) return at;
  }
  return null;
}

function skip(json: string, at: number, pattern: RegExp): number {
  pattern.lastIndex = at;
  pattern.exec(json);
  return Math.max(at, pattern.lastIndex);
}

/** Half of a surrogate pair, whose other half has not arrived yet, cannot be shown. */
function withoutHalfPair(text: string): string {
  return /[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text;
}
