import { hashText } from '../seed.ts';

/** One sound or silence of an utterance. Frequencies in Hz for a speaker of formant scale 1. */
export interface Segment {
  kind: 'vowel' | 'voiced' | 'noise' | 'stop' | 'pause';
  seconds: number;
  formants: readonly [number, number, number];
  /** Centre of the hiss or the burst. */
  hiss: number;
  /** For pauses: how the phrase before it ends. */
  ending?: 'fall' | 'rise' | 'hold';
}

const VOWELS: Readonly<Record<string, readonly [number, number, number]>> = {
  a: [740, 1280, 2550],
  e: [520, 1820, 2520],
  i: [330, 2180, 2900],
  o: [490, 900, 2450],
  u: [350, 980, 2300],
  y: [370, 1950, 2650],
};
const VOWEL_NAMES = Object.keys(VOWELS);
const NEUTRAL = [500, 1450, 2500] as const;

const VOICED: Readonly<Record<string, readonly [number, number, number]>> = {
  m: [280, 1000, 2200],
  n: [280, 1450, 2400],
  l: [360, 1250, 2700],
  r: [420, 1250, 1700],
  w: [320, 740, 2300],
  j: [290, 2100, 2800],
  v: [300, 1200, 2400],
};
const NOISES: Readonly<Record<string, number>> = { s: 5200, z: 4800, f: 3600, h: 1500, x: 3000, c: 3900 };
const STOPS: Readonly<Record<string, number>> = { p: 900, b: 700, t: 3600, d: 3000, k: 1900, g: 1600, q: 1900 };

const PAUSES: Readonly<Record<string, readonly [seconds: number, ending: 'fall' | 'rise' | 'hold']>> = {
  '.': [0.32, 'fall'],
  '!': [0.32, 'fall'],
  '?': [0.34, 'rise'],
  '…': [0.42, 'hold'],
  ',': [0.17, 'hold'],
  ';': [0.24, 'hold'],
  ':': [0.22, 'hold'],
  '—': [0.22, 'hold'],
  '–': [0.2, 'hold'],
  '。': [0.32, 'fall'],
  '！': [0.32, 'fall'],
  '？': [0.34, 'rise'],
  '、': [0.17, 'hold'],
  '，': [0.17, 'hold'],
};

function vowel(letter: string, seconds: number): Segment {
  return { kind: 'vowel', seconds, formants: VOWELS[letter] ?? NEUTRAL, hiss: 0 };
}

function latinSegment(letter: string, previous: string): Segment {
  if (letter in VOWELS) return vowel(letter, letter === previous ? 0.07 : 0.115);
  const voiced = VOICED[letter];
  if (voiced !== undefined) return { kind: 'voiced', seconds: 0.062, formants: voiced, hiss: 0 };
  const noise = NOISES[letter];
  if (noise !== undefined)
    return { kind: 'noise', seconds: letter === 'h' ? 0.035 : 0.065, formants: NEUTRAL, hiss: noise };
  return { kind: 'stop', seconds: 0.055, formants: NEUTRAL, hiss: STOPS[letter] ?? 1800 };
}

/** A letter of another script: one syllable that always sounds the same. */
function foreignSegments(letter: string): Segment[] {
  const hash = hashText(letter);
  const consonants = 'mnlrwtkdsb';
  return [
    latinSegment(consonants[hash % consonants.length] ?? 'n', ''),
    vowel(VOWEL_NAMES[(hash >>> 8) % VOWEL_NAMES.length] ?? 'a', 0.12),
  ];
}

function segmentsOf(letter: string, previous: string): Segment[] {
  const pause = PAUSES[letter];
  if (pause !== undefined) {
    const [seconds, ending] = pause;
    return [{ kind: 'pause', seconds: letter === previous ? 0.05 : seconds, formants: NEUTRAL, hiss: 0, ending }];
  }
  if (letter === ' ') return [{ kind: 'voiced', seconds: 0.024, formants: NEUTRAL, hiss: 0 }];
  if (/[a-z]/.test(letter)) return [latinSegment(letter, previous)];
  if (/\p{N}/u.test(letter)) return [...foreignSegments(letter), ...foreignSegments(`${letter}'`)];
  return /\p{L}/u.test(letter) ? foreignSegments(letter) : [];
}

/** The sounds of a text, letter by letter: about fourteen letters a second, with a pause at each punctuation mark. */
export function segmentsOfWords(words: string): Segment[] {
  const folded = words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
  const letters = [...folded];
  return letters.flatMap((letter, index) => segmentsOf(letter, letters[index - 1] ?? ''));
}
