import type { SceneletTree } from '@story-tree/domain';
import type { StoryShot } from '../../kit/index.ts';
import { type SceneletCard, sceneletCard } from './card.ts';
import { descendantCounts } from './fold.ts';

/** A story as its storyboard shows it. */
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
