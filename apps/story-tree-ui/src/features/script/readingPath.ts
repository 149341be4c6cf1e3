import type { Scenelet, SceneletTree } from '@story-tree/domain';

/** A scenelet on the path that is read, and what follows it. */
export interface ReadingStep {
  scenelet: Scenelet;
  /** What can be chosen after it; empty unless it is a branch point. */
  choices: readonly Scenelet[];
  /** The child with which the path continues. */
  taken: Scenelet | null;
}

/**
 * The path from the root to a scenelet and on from there, up to the next choice. An unknown label, or none, gives the
 * path from the root.
 */
export function readingPath(tree: SceneletTree, label: string | null): ReadingStep[] {
  const chosen = (label === null ? undefined : tree.byLabel.get(label)) ?? tree.roots[0];
  if (chosen === undefined) return [];
  const way = tree.pathTo(chosen);
  for (let next = onlyChild(tree, chosen); next !== null; next = onlyChild(tree, next)) way.push(next);
  return way.map((scenelet, index) => {
    const children = tree.children(scenelet);
    return { scenelet, choices: scenelet.isBranchPoint ? children : [], taken: way[index + 1] ?? null };
  });
}

/** How many endings a scenelet leads to, by its id; an ending leads to itself. */
export function endingsBelow(tree: SceneletTree): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const scenelet of tree.inOrder().reverse()) {
    const below = tree.children(scenelet).reduce((sum, child) => sum + (counts.get(child.id) ?? 0), 0);
    counts.set(scenelet.id, below + (scenelet.isTerminalNode ? 1 : 0));
  }
  return counts;
}

function onlyChild(tree: SceneletTree, scenelet: Scenelet): Scenelet | null {
  if (scenelet.isBranchPoint) return null;
  return tree.children(scenelet)[0] ?? null;
}
