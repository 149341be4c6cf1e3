/** Limits that a JSON document must keep before it is parsed. */
export interface JsonBounds {
  /** How deeply arrays and objects may nest. */
  depth: number;
  /** Values in arrays and objects, not counting the keys of objects. */
  values: number;
}

/**
 * Whether a JSON text keeps the bounds, judged from its punctuation in one pass. A parser would first build everything in
 * it: millions of empty arrays take gigabytes, and some parsers recurse as deep as it nests. The result means nothing for a
 * text that is not JSON.
 */
export function keepsBounds(text: string, { depth, values }: JsonBounds): boolean {
  let open = 0;
  let seen = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(text, at);
        break;
      case OPENING_BRACE:
      case OPENING_BRACKET:
        open += 1;
        seen += 1;
        if (open > depth) return false;
        break;
      case CLOSING_BRACE:
      case CLOSING_BRACKET:
        open -= 1;
        break;
      case COMMA:
        seen += 1;
        break;
    }
    if (seen > values) return false;
  }
  return true;
}

const QUOTE = '"'.charCodeAt(0);
const BACKSLASH = '\\'.charCodeAt(0);
const COMMA = ','.charCodeAt(0);
const OPENING_BRACE = '{'.charCodeAt(0);
const CLOSING_BRACE = '}'.charCodeAt(0);
const OPENING_BRACKET = '['.charCodeAt(0);
const CLOSING_BRACKET = ']'.charCodeAt(0);

/** The index of the closing quote, or the text's length. Strings may be megabytes of picture data, hence `indexOf`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === BACKSLASH) before -= 1;
  return (at - before) % 2 === 0;
}
