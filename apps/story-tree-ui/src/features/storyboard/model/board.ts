import type { SceneletTree } from '@story-tree/domain';
import type { StoryShot } from '../../kit/index.ts';
import { type SceneletCard, sceneletCard } from './card.ts';
import { cardHeight } from './cardHeight.ts';
import { descendantCounts, shownChildren } from './fold.ts';
import { layOutTree, type TreeLayout } from './layout.ts';

/** A story as the storyboard shows it. */
export interface Board {
  tree: SceneletTree;
  /** By label, depth first. */
  cards: ReadonlyMap<string, SceneletCard>;
  /** How many scenelets follow each one, by label. */
  below: ReadonlyMap<string, number>;
}

/** @param shotsOf by the scenelet's id */
export function boardOf(tree: SceneletTree, shotsOf: ReadonlyMap<string, readonly StoryShot[]>): Board {
  const cards = tree.inOrder().map((scenelet) => sceneletCard(tree, scenelet, shotsOf.get(scenelet.id) ?? []));
  return { tree, cards: new Map(cards.map((card) => [card.label, card])), below: descendantCounts(tree) };
}

/** Everything that a layout depends on: while this is the same, so is the layout. */
export interface LayoutInput {
  tree: SceneletTree;
  /** By label. */
  heights: ReadonlyMap<string, number>;
}

export function layoutInput({ tree, cards }: Board): LayoutInput {
  return { tree, heights: new Map(Array.from(cards.values(), (card) => [card.label, cardHeight(card)])) };
}

/** Whether two inputs give the same layout: a new key frame changes neither positions nor heights. */
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
