import { coloured } from '@story-tree/runtime/terminalText';
import { fitted, padded, widthOf } from './textWidth.ts';

/** A column of a list: its text, and the colour that it has on a terminal. */
export interface Fact {
  text: string;
  colour?: Parameters<typeof coloured>[0];
}

/** What a list shows of one thing: an id and facts, which are never cut, a title and a note, which may be. */
export interface ListEntry {
  id: string;
  facts: readonly Fact[];
  title: string;
  note: string;
}

const GAP = '  ';
/** Narrower than this, titles are given a line of their own. */
const ROOM_FOR_TITLES = 36;

/**
 * The lines of a list: one for each entry where that leaves room for titles, else two.
 * @param columns of the terminal; undefined where there is none, and then nothing is cut
 */
export function listLines(entries: readonly ListEntry[], columns: number | undefined): string[] {
  const widths = (entries[0]?.facts ?? []).map((_, at) =>
    Math.max(...entries.map(({ facts }) => widthOf(facts[at]?.text ?? ''))),
  );
  const rows = entries.map((entry) => ({ ...entry, cells: cells(entry.facts, widths) }));
  const whole = ({ title, note }: ListEntry) => (note === '' ? title : `${title}${GAP}${note}`);
  if (columns === undefined) return rows.map((row) => [row.id, row.cells, whole(row)].join(GAP).trimEnd());

  const idWidth = Math.max(...entries.map(({ id }) => id.length));
  const factsWidth = widths.reduce((sum, width) => sum + width + GAP.length, 0);
  const room = columns - idWidth - GAP.length - factsWidth;
  if (room >= ROOM_FOR_TITLES) return rows.map((row) => [row.id, row.cells, fitted(whole(row), room)].join(GAP));

  const titleRoom = columns - idWidth - GAP.length;
  const noteRoom = columns - factsWidth - GAP.length;
  return rows.flatMap((row) => [
    `${padded(fitted(row.title, titleRoom), titleRoom)}${GAP}${row.id}`,
    `${GAP}${row.cells}${GAP}${fitted(row.note, noteRoom)}`.trimEnd(),
  ]);
}

function cells(facts: readonly Fact[], widths: readonly number[]): string {
  return facts
    .map(({ text, colour }, at) => {
      const cell = padded(text, widths[at] ?? 0);
      return colour === undefined ? cell : coloured(colour, cell);
    })
    .join(GAP);
}
