import { describe, expect, it } from 'vitest';
import { layOutBoard, layoutInput } from './board.ts';
import { outlineRows } from './outlineRows.ts';
import { testBoard } from './testTrees.ts';
import { type Step, walkCanvas, walkOutline } from './walk.ts';

const board = testBoard();

function walks(folded: readonly string[] = []) {
  const set = new Set(folded.map((label) => `scenelet-${label}`));
  const rows = outlineRows(board.tree, set);
  const layout = layOutBoard(layoutInput(board), set);
  const short = (label: string | null) => label?.replace('scenelet-', '') ?? null;
  return {
    rows,
    canvas: (from: string, step: Step) => short(walkCanvas(layout, rows, `scenelet-${from}`, step)),
    outline: (from: string, step: Step) => short(walkOutline(rows, `scenelet-${from}`, step)),
  };
}

describe('walking the canvas', () => {
  const { canvas } = walks();

  it('goes to the parent and to the first child', () => {
    expect(canvas('1', 'child')).toBe('2a');
    expect(canvas('3ab', 'parent')).toBe('2a');
    expect(canvas('1', 'parent')).toBeNull();
    expect(canvas('2b', 'child')).toBeNull();
  });

  it('goes from sibling to sibling', () => {
    expect(canvas('2a', 'down')).toBe('2b');
    expect(canvas('2b', 'up')).toBe('2a');
    expect(canvas('2a', 'up')).toBeNull();
    expect(canvas('2c', 'down')).toBeNull();
  });

  it('goes to the first and to the last', () => {
    expect(canvas('3ab', 'first')).toBe('1');
    expect(canvas('1', 'last')).toBe('2c');
  });

  it('does not enter what is folded', () => {
    expect(walks(['2a']).canvas('2a', 'child')).toBeNull();
  });
});

describe('walking the outline', () => {
  it('goes line by line', () => {
    const { outline } = walks();
    expect(['1', '2a', '3aa', '3ab', '2b'].map((from) => outline(from, 'down'))).toEqual([
      '2a',
      '3aa',
      '3ab',
      '2b',
      '2c',
    ]);
    expect(outline('2b', 'up')).toBe('3ab');
    expect(outline('2c', 'down')).toBeNull();
  });

  it('begins at the top when lost', () => {
    expect(walks().outline('nowhere', 'down')).toBe('1');
  });

  it('has rows that tell their place', () => {
    expect(walks(['2a']).rows.slice(0, 3)).toMatchObject([
      { label: 'scenelet-1', parent: null, depth: 1, position: 1, siblings: 1, isOpen: true },
      { label: 'scenelet-2a', depth: 2, position: 1, siblings: 3, hasChildren: true, isOpen: false },
      { label: 'scenelet-2b', depth: 2, position: 2, siblings: 3, hasChildren: false, isOpen: false },
    ]);
  });
});
