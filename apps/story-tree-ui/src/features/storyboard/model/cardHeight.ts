import type { SceneletCard } from './card.ts';

/** Heights of a card's parts, for its layout and for the styles of the card alike. */
export const CARD_PARTS = {
  pictures: 124,
  header: 38,
  titleLine: 20,
  restLine: 18,
  spokenLine: 18,
  gap: 8,
  question: 34,
  footer: 34,
} as const;

const TITLE_LINES = 2;
const REST_LINES = 3;
export const SPOKEN_LINES = 2;

/** Letters that fit a line of the title, and of the text. */
const TITLE_LETTERS = 34;
const REST_LETTERS = 43;

/** How many lines of its text a card shows. */
export function textLines({ title, rest }: Pick<SceneletCard, 'title' | 'rest'>): { title: number; rest: number } {
  return {
    title: Math.min(TITLE_LINES, Math.max(1, linesOf(title, TITLE_LETTERS))),
    rest: Math.min(REST_LINES, linesOf(rest, REST_LETTERS)),
  };
}

/**
 * How high a card is. It is known before the card is mounted: the canvas mounts only what is visible, and so never has
 * to measure.
 */
export function cardHeight(card: SceneletCard): number {
  const { pictures, header, titleLine, restLine, spokenLine, gap, question, footer } = CARD_PARTS;
  const lines = textLines(card);
  const spoken = Math.min(SPOKEN_LINES, card.lines.length);
  return (
    (card.shots.length > 0 ? pictures : 0) +
    header +
    lines.title * titleLine +
    (lines.rest > 0 ? lines.rest * restLine + gap / 2 : 0) +
    (spoken > 0 ? spoken * spokenLine + gap : 0) +
    (card.choicePrompt === null ? 0 : question + gap) +
    gap +
    footer
  );
}

function linesOf(text: string, letters: number): number {
  return Math.ceil(widthOf(text) / letters);
}

/** In letters; East Asian characters and emoji are twice as wide. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    width += (character.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1;
    if (width > 400) break;
  }
  return width;
}
