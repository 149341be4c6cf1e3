'use client';

import { useCallback, useMemo, useState } from 'react';
import type { StoryPage } from '../kit/index.ts';
import { type Board, boardOf, type LayoutInput, layOutBoard, layoutInput, sameLayout } from './model/board.ts';
import { foldedBranches, pathLabels, reveal, shownInstead, toggleFold } from './model/fold.ts';
import type { TreeLayout } from './model/layout.ts';
import { type OutlineRow, outlineRows } from './model/outlineRows.ts';

const NOTHING: ReadonlySet<string> = new Set();

/** The active scenelet of a storyboard, what is folded, and what follows from both. */
export interface StoryboardState {
  board: Board;
  layout: TreeLayout;
  rows: readonly OutlineRow[];
  folded: ReadonlySet<string>;
  active: string;
  path: ReadonlySet<string>;
  /** Goes to a scenelet, opening what hides it. */
  goTo(label: string): void;
  toggle(label: string): void;
  foldAll(): void;
  unfoldAll(): void;
}

/** @param start the scenelet to begin at; the root when it is null or no scenelet has that label */
export function useStoryboard({ tree, shotsOf }: StoryPage, start: string | null): StoryboardState {
  const board = useMemo(() => boardOf(tree, shotsOf), [tree, shotsOf]);
  const input = useSettled(
    useMemo(() => layoutInput(board), [board]),
    sameLayout,
  );

  const [wanted, setWanted] = useState(start);
  const [chosenFolds, setFolded] = useState(NOTHING);
  // A folded scenelet may have lost its children, or disappeared.
  const folded = useMemo(() => {
    const isParent = (label: string) => (board.below.get(label) ?? 0) > 0;
    return [...chosenFolds].every(isParent) ? chosenFolds : new Set([...chosenFolds].filter(isParent));
  }, [chosenFolds, board]);

  const root = tree.roots[0]?.label ?? '';
  const known = wanted !== null && tree.byLabel.has(wanted) ? wanted : root;
  const active = shownInstead(tree, folded, known);
  return {
    board,
    folded,
    active,
    layout: useMemo(() => layOutBoard(input, folded), [input, folded]),
    rows: useMemo(() => outlineRows(input.tree, folded), [input, folded]),
    path: useMemo(() => new Set(pathLabels(tree, active)), [tree, active]),
    goTo: useCallback(
      (label) => {
        setFolded((before) => reveal(tree, before, label));
        setWanted(label);
      },
      [tree],
    ),
    toggle: useCallback((label) => setFolded((before) => toggleFold(tree, before, label)), [tree]),
    foldAll: useCallback(() => setFolded(foldedBranches(tree)), [tree]),
    unfoldAll: useCallback(() => setFolded(NOTHING), []),
  };
}

/** The first of values that count as the same, so that what depends on them is not computed again. */
function useSettled(value: LayoutInput, isSame: (a: LayoutInput, b: LayoutInput) => boolean): LayoutInput {
  const [settled, setSettled] = useState(value);
  if (settled === value || isSame(settled, value)) return settled;
  setSettled(value);
  return value;
}
