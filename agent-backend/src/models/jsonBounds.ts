/** How far a JSON document may go before it is read. */
export interface JsonBounds {
  /** Arrays and objects within each other. */
  depth: number;
  /** Values of arrays and objects, the keys of objects not counted. */
  values: number;
}

/**
 * Whether a JSON text keeps the bounds, told from its punctuation in one pass. A parser would first build what is in it:
 * millions of empty arrays take gigabytes, and some readers recurse as deep as it nests. A text that is not JSON gets an
 * answer too, which means nothing.
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

/** The place of the closing quote, or the text's length. Strings may be megabytes of a picture, hence `indexOf`. */
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
