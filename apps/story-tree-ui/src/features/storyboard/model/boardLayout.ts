import type { SceneletTree } from '@story-tree/domain';
import type { Board } from './board.ts';
import { cardHeight } from './cardHeight.ts';
import { shownChildren } from './fold.ts';
import { layOutTree, type TreeLayout } from './layout.ts';

/** All that a layout depends on: while this is the same, so is the layout. */
export interface LayoutInput {
  tree: SceneletTree;
  /** By label. */
  heights: ReadonlyMap<string, number>;
}

export function layoutInput({ tree, cards }: Board): LayoutInput {
  return { tree, heights: new Map(Array.from(cards.values(), (card) => [card.label, cardHeight(card)])) };
}

/** Whether two inputs lay out alike: a key frame that arrives changes neither places nor heights. */
export function sameLayout(a: LayoutInput, b: LayoutInput): boolean {
  if (a.heights.size !== b.heights.size) return false;
  for (const [label, height] of a.heights) if (b.heights.get(label) !== height) return false;
  for (const { label, isBranchPoint } of a.tree.byLabel.values()) {
    if (b.tree.byLabel.get(label)?.isBranchPoint !== isBranchPoint) return false;
  }
  return true;
}

/** @throws RangeError when there is no scenelet */
export function layOutBoard({ tree, heights }: LayoutInput, folded: ReadonlySet<string>): TreeLayout {
  const [root] = tree.roots;
  if (root === undefined) throw new RangeError('a story without scenelets has no layout');
  return layOutTree({
    root: root.label,
    childrenOf: shownChildren(tree, folded),
    heightOf: (label) => heights.get(label) ?? 0,
    isBranchPoint: (label) => tree.byLabel.get(label)?.isBranchPoint ?? false,
  });
}
