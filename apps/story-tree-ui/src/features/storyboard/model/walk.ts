import type { TreeLayout } from './layout.ts';
import type { OutlineRow } from './outlineRows.ts';

/** Where a key leads from a scenelet. */
export type Step = 'parent' | 'child' | 'up' | 'down' | 'first' | 'last';

/** On the canvas: up and down stay in the column, so siblings come first, and then those of the next branch. */
export function walkCanvas(layout: TreeLayout, rows: readonly OutlineRow[], from: string, step: Step): string | null {
  if (step !== 'up' && step !== 'down') return walkOutline(rows, from, step);
  const column = layout.columns.find((labels) => labels.includes(from));
  return column?.[column.indexOf(from) + (step === 'up' ? -1 : 1)] ?? null;
}

/** In the outline: up and down go line by line. */
export function walkOutline(rows: readonly OutlineRow[], from: string, step: Step): string | null {
  const at = rows.findIndex(({ label }) => label === from);
  const row = rows[at];
  if (row === undefined) return rows[0]?.label ?? null;
  switch (step) {
    case 'parent':
      return row.parent;
    case 'child':
      return row.isOpen ? (rows[at + 1]?.label ?? null) : null;
    case 'up':
      return rows[at - 1]?.label ?? null;
    case 'down':
      return rows[at + 1]?.label ?? null;
    case 'first':
      return rows[0]?.label ?? null;
    case 'last':
      return rows.at(-1)?.label ?? null;
    default:
      return step satisfies never;
  }
}
