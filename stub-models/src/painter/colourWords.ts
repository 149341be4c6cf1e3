import type { Colour } from './colour.ts';

const WORDS: Readonly<Record<string, Colour>> = {
  'silver-blue': '#a8bccb',
  'brick red': '#a8473c',
  'dark brown': '#4a3024',
  yellow: '#f0b733',
  mustard: '#d69a2d',
  gold: '#e0ab3e',
  golden: '#e0ab3e',
  brass: '#d3a445',
  amber: '#f0a04a',
  orange: '#e0813c',
  copper: '#c8642f',
  auburn: '#8f3f26',
  rust: '#a9532f',
  red: '#bf4238',
  scarlet: '#c8372f',
  crimson: '#a32f3b',
  rose: '#c9706a',
  pink: '#dc95a0',
  plum: '#6d3f63',
  purple: '#6b4a8c',
  violet: '#7a5c9a',
  lilac: '#a894c4',
  indigo: '#33407a',
  navy: '#24315a',
  blue: '#3f6fa3',
  turquoise: '#3fa39c',
  teal: '#2f8580',
  green: '#4f8a55',
  olive: '#77793f',
  emerald: '#2f8a62',
  brown: '#7c5236',
  chestnut: '#6f4128',
  beige: '#d8c4a0',
  cream: '#f0e3c8',
  ivory: '#f2ead6',
  white: '#f1efe8',
  silver: '#c3ccd2',
  grey: '#8d949b',
  gray: '#8d949b',
  blond: '#e3c078',
  blonde: '#e3c078',
  black: '#2a2a33',
};

const PATTERN = new RegExp(`\\b(${Object.keys(WORDS).join('|')})\\b`, 'gi');

/** Every colour named in a text, in order. */
export function coloursIn(text: string): Colour[] {
  return [...text.matchAll(PATTERN)]
    .map(([word]) => WORDS[word.toLowerCase()])
    .filter((colour) => colour !== undefined);
}

/** The colour named last before a noun in the same phrase: "a long teal scarf" gives teal for `scarf`. */
export function colourOf(text: string, noun: RegExp): Colour | null {
  for (const phrase of text.split(/[,;.]|\bunder\b|\bover\b|\bwith\b|\band\b/i)) {
    const found = noun.exec(phrase);
    if (found === null) continue;
    const before = coloursIn(phrase.slice(0, found.index)).at(-1);
    if (before !== undefined) return before;
  }
  return null;
}
