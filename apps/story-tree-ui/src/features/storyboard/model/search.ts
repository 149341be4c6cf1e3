import { type SceneletCard, shortLabel } from './card.ts';

/** A scenelet as the search knows it; built once, queried with each key press. */
interface Entry {
  label: string;
  short: string;
  title: string;
  text: string;
  words: readonly string[];
}

export interface Match {
  label: string;
  score: number;
}

export type SearchIndex = readonly Entry[];

export function searchIndex(cards: Iterable<SceneletCard>): SearchIndex {
  return [...cards].map(({ label, title, rest, lines, choice, choicePrompt }) => {
    const spoken = lines.map(({ character, line }) => `${character} ${line}`);
    const text = plain([title, rest, choice ?? '', choicePrompt ?? '', ...spoken].join(' '));
    return { label, short: shortLabel(label), title: plain(title), text, words: [...new Set(wordsOf(text))] };
  });
}

/**
 * The scenelets that have all words of the query in their label or text, best first, in the order of the story where
 * they are equally good. A word may be the beginning of a longer one, leave letters out, or have one letter wrong.
 */
export function search(index: SearchIndex, query: string, limit: number): Match[] {
  const wanted = wordsOf(plain(query));
  if (wanted.length === 0) return [];
  return index
    .map((entry) => ({ label: entry.label, score: scoreOf(entry, wanted) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit);
}

function scoreOf(entry: Entry, wanted: readonly string[]): number {
  const scores = wanted.map((word) => wordScore(entry, word));
  return scores.includes(0) ? 0 : scores.reduce((sum, score) => sum + score, 0);
}

function wordScore({ label, short, title, text, words }: Entry, wanted: string): number {
  if (wanted === label || wanted === short) return 100;
  if (label.startsWith(wanted) || (/^\d/.test(wanted) && short.startsWith(wanted))) return 40;
  if (startsWord(title, wanted)) return 20;
  if (startsWord(text, wanted)) return 12;
  if (text.includes(wanted)) return 6;
  if (wanted.length < 4) return 0;
  if (words.some((word) => isNear(word, wanted))) return 3;
  return words.some((word) => leavesOut(word, wanted)) ? 1 : 0;
}

function startsWord(text: string, wanted: string): boolean {
  return text.startsWith(wanted) || text.includes(` ${wanted}`);
}

/** The same except for one letter: replaced, added, removed, or two swapped. */
function isNear(word: string, wanted: string): boolean {
  if (Math.abs(word.length - wanted.length) > 1) return false;
  let start = 0;
  while (start < word.length && word[start] === wanted[start]) start += 1;
  let end = 0;
  while (
    end < Math.min(word.length, wanted.length) - start &&
    word[word.length - 1 - end] === wanted[wanted.length - 1 - end]
  ) {
    end += 1;
  }
  const [a, b] = [word.slice(start, word.length - end), wanted.slice(start, wanted.length - end)];
  if (a.length <= 1 && b.length <= 1) return true;
  return a.length === 2 && b.length === 2 && a[0] === b[1] && a[1] === b[0];
}

/** `lthse` for `lighthouse`: its letters in their order, the first one the same. */
function leavesOut(word: string, wanted: string): boolean {
  if (word[0] !== wanted[0] || word.length > wanted.length * 3) return false;
  let at = 0;
  for (const letter of word) if (letter === wanted[at]) at += 1;
  return at === wanted.length;
}

/** Without accents, case and punctuation: words separated by single spaces. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}-]+/gu, ' ')
    .trim();
}

function wordsOf(text: string): string[] {
  return text.split(' ').filter((word) => word !== '' && word !== '-');
}
