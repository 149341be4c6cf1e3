/** Stands where a secret stood. */
export const REDACTED = '[redacted]';

/** Shorter ones are not secrets, and hiding them would mangle words. */
const LEAST_LENGTH = 6;
/** The same for a secret that was encoded: its shortest forms look like anything. */
const LEAST_ENCODED = 8;
/** So many characters of a secret in a row are hidden as well: a message that was cut short shows part of it. */
const PIECE = 10;
/** Characters that are looked for first. One of them every {@link STEP} characters is in every piece. */
const PROBE = 5;
const STEP = PIECE - PROBE + 1;
/** How often a text may be escaped within a text that is escaped. */
const DEPTH = 3;

/** Hides secrets wherever they turn up, in whatever way they are written there. */
export interface Redaction {
  /** The text with {@link REDACTED} in the place of every secret and of every longer piece of one. */
  redact(text: string): string;
  /** Learns of one more secret. */
  hide(secret: string): void;
}

/** Where a probe stands in a form of a secret. */
interface Place {
  form: string;
  at: number;
  /** Counts only between others than letters and digits: a short secret may be part of an innocent word. */
  isWord: boolean;
}

/** From a character up to another, which does not belong to it. */
type Range = readonly [start: number, end: number];

/**
 * Knows secrets verbatim, in base64 and in hexadecimal, also in the middle of something longer that was encoded as a
 * whole; each of them may be escaped as in addresses, JSON and HTML besides. Takes about 30 ms for a megabyte.
 */
export function createRedaction(secrets: readonly string[]): Redaction {
  const places = new Map<string, Place[]>();
  let probes = NOTHING;

  function hide(secret: string): void {
    for (const form of formsOf(secret)) {
      const isWord = form === secret && form.length < PIECE;
      for (let at = 0; at + PROBE <= form.length; at += STEP) {
        const probe = form.slice(at, at + PROBE);
        places.set(probe, [...(places.get(probe) ?? []), { form, at, isWord }]);
      }
    }
    if (places.size > 0) probes = new RegExp([...places.keys()].map(literally).join('|'), 'g');
  }

  function rangesIn(text: string, depth: number): Range[] {
    const ranges: Range[] = [];
    probes.lastIndex = 0;
    for (let hit = probes.exec(text); hit !== null; hit = probes.exec(text)) {
      const { index } = hit;
      ranges.push(...(places.get(hit[0]) ?? []).flatMap((place) => matchAround(text, index, place)));
      // A probe may begin within another one.
      probes.lastIndex = index + 1;
    }
    const plain = depth === 0 ? null : unescaped(text);
    if (plain === null) return ranges;
    const within = rangesIn(plain.text, depth - 1);
    return [...ranges, ...within.map(([start, end]): Range => [plain.origin(start), plain.origin(end)])];
  }

  for (const secret of secrets) hide(secret);
  return { hide, redact: (text) => replaced(text, rangesIn(text, DEPTH)) };
}

/** Matches no text. */
const NOTHING = /(?!)/g;

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** Keys of Google, tokens of a sign-in, and user and password in an address. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/AIza[\w-]{35}/g, REDACTED],
  [/(?<![\w-])eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/g, REDACTED],
  [/\b(bearer\s{1,8})[\w.~+/-]{12,}=*/gi, `$1${REDACTED}`],
  [/(\w:\/\/)[^\s"/@]*@/g, `$1${REDACTED}@`],
];

/** Hides what looks like a secret, whosever it is. For logs and errors: in a story it would be somebody's words. */
export function redactShapes(text: string): string {
  return SHAPES.reduce((rest, [shape, instead]) => rest.replace(shape, instead), text);
}

/** What a secret may be written as, before anything is escaped. */
function formsOf(secret: string): ReadonlySet<string> {
  if (secret.length < LEAST_LENGTH) return new Set();
  const bytes = String.fromCharCode(...new TextEncoder().encode(secret));
  const base64 = [0, 1, 2].map((before) => base64Within(bytes, before));
  const hex = [...bytes].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  const alone = btoa(bytes).replace(/={1,2}$/, '');
  const encoded = [...[alone, ...base64].flatMap((form) => [form, urlSafe(form)]), hex, hex.toUpperCase()];
  return new Set([secret, bytes, ...encoded.filter(({ length }) => length >= LEAST_ENCODED)]);
}

/** The characters of base64 that depend on these bytes alone, after so many others and whatever comes then. */
function base64Within(bytes: string, before: number): string {
  const whole = btoa('\0'.repeat(before) + bytes);
  const complete = Math.floor(((before + bytes.length) * 8) / 6);
  return whole.slice(Math.ceil((before * 8) / 6), complete);
}

function urlSafe(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_');
}

/** The part of a text that is like the form around a probe; none if it is too short to be a piece of the secret. */
function matchAround(text: string, index: number, { form, at, isWord }: Place): Range[] {
  let before = 0;
  while (before < at && text[index - before - 1] === form[at - before - 1]) before += 1;
  let after = PROBE;
  while (at + after < form.length && text[index + after] === form[at + after]) after += 1;
  const [start, end] = [index - before, index + after];
  if (end - start < Math.min(PIECE, form.length)) return [];
  return isWord && (isLetter(text[start - 1]) || isLetter(text[end])) ? [] : [[start, end]];
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}

const ESCAPE = /%[\da-f]{2}|\\u[\da-f]{4}|\\["\\/]|&(?:#\d{1,7}|#x[\da-f]{1,6}|amp|quot|apos|lt|gt);/gi;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>' };

/** A text without its escapes, and where each place in it was before; null if it has none. */
function unescaped(text: string): { text: string; origin(index: number): number } | null {
  let plain = '';
  let end = 0;
  /** Where each escape ended, without and with the escapes before it. */
  const ends: number[] = [];
  const origins: number[] = [];
  for (const { 0: written, index } of text.matchAll(ESCAPE)) {
    plain += text.slice(end, index) + meaningOf(written);
    end = index + written.length;
    ends.push(plain.length);
    origins.push(end);
  }
  if (end === 0) return null;
  return {
    text: plain + text.slice(end),
    origin(index) {
      const last = ends.findLastIndex((place) => place <= index);
      return last === -1 ? index : (origins[last] ?? 0) + index - (ends[last] ?? 0);
    },
  };
}

/** Bytes of an address stand for themselves: secrets are known by their bytes, too. */
function meaningOf(written: string): string {
  const [first, second = ''] = written;
  if (first === '%') return String.fromCharCode(Number.parseInt(written.slice(1), 16));
  if (first === '\\') return written.length === 2 ? second : String.fromCharCode(Number.parseInt(written.slice(2), 16));
  const name = written.slice(1, -1).toLowerCase();
  if (second !== '#') return ENTITIES[name] ?? written;
  const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code <= 0x10ffff ? String.fromCodePoint(code) : written;
}

function replaced(text: string, ranges: readonly Range[]): string {
  let result = '';
  let position = 0;
  for (const [start, end] of ranges.toSorted(([left], [right]) => left - right)) {
    if (start >= position) result += text.slice(position, start) + REDACTED;
    position = Math.max(position, end);
  }
  return result + text.slice(position);
}
