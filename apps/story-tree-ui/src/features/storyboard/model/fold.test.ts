import { describe, expect, it } from 'vitest';
import { layOutBoard, layoutInput } from './board.ts';
import { descendantCounts, foldedBranches, pathLabels, reveal, shownInstead, toggleFold } from './fold.ts';
import { testBoard } from './testTrees.ts';

const board = testBoard();
const { tree } = board;
const NONE: ReadonlySet<string> = new Set();

describe('folding', () => {
  it('leaves a scenelet without children alone', () => {
    expect(toggleFold(tree, NONE, 'scenelet-2b')).toBe(NONE);
    expect(toggleFold(tree, NONE, 'nowhere')).toBe(NONE);
  });

  it('hides what follows, and brings it back', () => {
    const folded = toggleFold(tree, NONE, 'scenelet-2a');
    const shown = [...layOutBoard(layoutInput(board), folded).boxes.keys()];
    expect(shown.toSorted()).toEqual(['scenelet-1', 'scenelet-2a', 'scenelet-2b', 'scenelet-2c']);
    expect(toggleFold(tree, folded, 'scenelet-2a').size).toBe(0);
  });

  it('counts what it hides', () => {
    const counts = descendantCounts(tree);
    expect(counts.get('scenelet-1')).toBe(5);
    expect(counts.get('scenelet-2a')).toBe(2);
    expect(counts.get('scenelet-3ab')).toBe(0);
  });

  it('opens the way to a scenelet, and only that', () => {
    const folded = new Set(['scenelet-1', 'scenelet-3aa']);
    expect([...reveal(tree, folded, 'scenelet-3aa')]).toEqual(['scenelet-3aa']);
    expect(reveal(tree, NONE, 'scenelet-3aa')).toBe(NONE);
  });

  it('names the one that hides another', () => {
    expect(shownInstead(tree, new Set(['scenelet-2a']), 'scenelet-3ab')).toBe('scenelet-2a');
    expect(shownInstead(tree, new Set(['scenelet-2a', 'scenelet-1']), 'scenelet-3ab')).toBe('scenelet-1');
    expect(shownInstead(tree, NONE, 'scenelet-3ab')).toBe('scenelet-3ab');
  });

  it('folds all branch points but the first', () => {
    expect([...foldedBranches(tree)]).toEqual(['scenelet-2a']);
  });

  it('knows the way from the root', () => {
    expect(pathLabels(tree, 'scenelet-3ab')).toEqual(['scenelet-1', 'scenelet-2a', 'scenelet-3ab']);
    expect(pathLabels(tree, 'nowhere')).toEqual([]);
  });
});
