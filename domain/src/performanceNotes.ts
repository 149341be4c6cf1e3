const CLOSING_OF: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['（', '）'],
  ['［', '］'],
  ['【', '】'],
]);
const CLOSING = new Set(CLOSING_OF.values());

const LETTER = /\p{L}/u;
const DIGIT = /\p{N}/u;
const WITHIN_WORD = /[\p{L}\p{N}\p{M}'’]/u;
/** Scripts that put no spaces between words. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const ENDS_SENTENCE = /[.!?…:。！？：]/;
const SPACE = /\s/;
const QUOTATION_MARK = /["'\p{Pi}\p{Pf}「」『』]/u;
/** What may stand between a note and the words that it is about. */
const SEPARATOR = /[:：,，、;；]/;
/** Marks that stand close to the word before them. */
const PULLED_LEFT = /[\s.,;:!?…。，、：；！？]/;

/** A direction within a sentence is short; a longer passage is part of what is said. */
const LONGEST_DIRECTION_WORDS = 3;

/**
 * What is said in a line, without the notes on how to say it: `(softly) Come in.` becomes `Come in.` Captions show this.
 *
 * A note is a passage in brackets of any kind, nested to any depth. In square brackets every passage is one, in
 * parentheses those at the beginning of a sentence or at the end of a line, and short ones elsewhere. Kept are numbers,
 * as in `born in (1984)`, longer passages within a sentence, brackets that belong to a word, as in `f(x)`, and those
 * without a partner. When in doubt, words stay: showing a note is a flaw, hiding what is heard is worse. A line that is
 * nothing but notes stays whole.
 *
 * Takes time in proportion to the line's length.
 */
export function withoutPerformanceNotes(line: string): string {
  const said = withoutPassages(line, isNote);
  return /[\p{L}\p{N}\p{S}]/u.test(said) ? said : line.trim();
}

/**
 * A text without anything in brackets, whatever it is. For comparing a line with what was made of it, where passages may
 * have been added, dropped or moved; empty for a line that is nothing but notes.
 */
export function withoutParentheticals(text: string): string {
  return withoutPassages(text, () => true);
}

/** What a text holds, as far as telling notes from words needs it. */
interface Tally {
  letters: number;
  digits: number;
  words: number;
  /** Its last character that is neither space nor quotation mark; empty at the start of a line or passage. */
  last: string;
}

/** Something in brackets, within the text that surrounds it. */
interface Passage {
  letters: number;
  digits: number;
  words: number;
  isSquare: boolean;
  opensSentence: boolean;
  endsLine: boolean;
  touchesWord: boolean;
}

function isNote(passage: Passage): boolean {
  if (passage.touchesWord) return false;
  if (passage.letters === 0) return passage.digits === 0;
  if (passage.isSquare || passage.opensSentence) return true;
  return passage.digits === 0 && (passage.endsLine || passage.words <= LONGEST_DIRECTION_WORDS);
}

/** Goes through the text once: what is between two brackets is decided about at the closing one. */
function withoutPassages(text: string, isRemoved: (passage: Passage) => boolean): string {
  const characters = [...text.trim()];
  const openingOf = matchBrackets(characters);
  const openings = new Set(openingOf.values());
  const kept: string[] = [];
  const around: { length: number; before: Tally }[] = [];
  let tally: Tally = { letters: 0, digits: 0, words: 0, last: '' };
  let skipsSeparators = false;

  for (const [index, character] of characters.entries()) {
    if (skipsSeparators && isSeparator(character, tally, kept)) continue;
    skipsSeparators = false;
    const opening = openingOf.get(index);
    const outside = opening === undefined ? undefined : around.pop();
    if (opening !== undefined && outside !== undefined) {
      const passage = passageBetween(characters, opening, index, outside.before, tally);
      if (isRemoved(passage)) {
        kept.length = outside.length;
        tally = outside.before;
        dropSpaceBefore(characters[index + 1] ?? '\n', kept);
        skipsSeparators = passage.opensSentence;
        continue;
      }
    }
    if (openings.has(index)) around.push({ length: kept.length, before: tally });
    tally = openings.has(index) ? { ...tally, last: '' } : counted(tally, character, characters[index - 1]);
    kept.push(character);
  }
  return kept.join('').trim();
}

/** The index of each closing bracket with that of its partner. What opens within a passage and stays open is no bracket. */
function matchBrackets(characters: readonly string[]): Map<number, number> {
  const openingOf = new Map<number, number>();
  const open: { closing: string; index: number }[] = [];
  const waitingFor = new Map<string, number>();
  const wait = (closing: string, change: number) => waitingFor.set(closing, (waitingFor.get(closing) ?? 0) + change);
  for (const [index, character] of characters.entries()) {
    const closing = CLOSING_OF.get(character);
    if (closing !== undefined) {
      open.push({ closing, index });
      wait(closing, 1);
    } else if (CLOSING.has(character) && waitingFor.get(character)) {
      for (let last = open.pop(); last !== undefined; last = open.pop()) {
        wait(last.closing, -1);
        if (last.closing !== character) continue;
        openingOf.set(index, last.index);
        break;
      }
    }
  }
  return openingOf;
}

function passageBetween(
  characters: readonly string[],
  opening: number,
  closing: number,
  before: Tally,
  after: Tally,
): Passage {
  const bracket = characters[opening] ?? '';
  return {
    letters: after.letters - before.letters,
    digits: after.digits - before.digits,
    words: after.words - before.words,
    isSquare: '[［【'.includes(bracket),
    opensSentence: before.last === '' || ENDS_SENTENCE.test(before.last),
    endsLine: endsLine(characters, closing),
    touchesWord: '(['.includes(bracket) && touchesWord(characters[opening - 1], characters[closing + 1]),
  };
}

/** Scripts without spaces put a note right beside a word. A face such as `:(` begins no note either. */
function touchesWord(before = '', after = ''): boolean {
  const isOfWord = (neighbour: string) => /[\p{L}\p{N}]/u.test(neighbour) && !UNSPACED.test(neighbour);
  return isOfWord(before) || isOfWord(after) || ':;='.includes(before || ' ');
}

function endsLine(characters: readonly string[], closing: number): boolean {
  for (let index = closing + 1; index < characters.length; index += 1) {
    const character = characters[index] ?? '';
    if (character === '\n') return true;
    if (!SPACE.test(character) && !QUOTATION_MARK.test(character)) return false;
  }
  return true;
}

function counted({ letters, digits, words, last }: Tally, character: string, previous = ''): Tally {
  const isWord = LETTER.test(character) || DIGIT.test(character);
  const share = UNSPACED.test(character) ? 0.5 : isWord && !WITHIN_WORD.test(previous) ? 1 : 0;
  const isSilent = SPACE.test(character) || QUOTATION_MARK.test(character);
  return {
    letters: letters + (LETTER.test(character) ? 1 : 0),
    digits: digits + (DIGIT.test(character) ? 1 : 0),
    words: words + share,
    last: character === '\n' ? '' : isSilent ? last : character,
  };
}

/** Whether a character only separated a removed note from its words, or would double a space. */
function isSeparator(character: string, { last }: Tally, kept: readonly string[]): boolean {
  if (SEPARATOR.test(character)) return true;
  return SPACE.test(character) && character !== '\n' && (last === '' || SPACE.test(kept.at(-1) ?? ''));
}

/** Where a note was, no second space and no empty line is left. */
function dropSpaceBefore(next: string, kept: string[]): void {
  if (!PULLED_LEFT.test(next)) return;
  const dropped = next === '\n' ? SPACE : /[^\S\n]/;
  while (dropped.test(kept.at(-1) ?? '')) kept.pop();
}
