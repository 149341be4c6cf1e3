import type { Scenelet } from './story.ts';

/** The scenelets of one story with their edges; built once, queried often. */
export interface SceneletTree {
  roots: readonly Scenelet[];
  byId: ReadonlyMap<string, Scenelet>;
  byLabel: ReadonlyMap<string, Scenelet>;
  children(scenelet: Scenelet): readonly Scenelet[];
  /** The path from the root to the scenelet, both included. */
  pathTo(scenelet: Scenelet): Scenelet[];
  /** All scenelets, depth first, siblings by ordinal. */
  inOrder(): Scenelet[];
}

/** Builds the tree of one story's scenelets, given in any order. */
export function buildSceneletTree(scenelets: readonly Scenelet[]): SceneletTree {
  const byId = new Map(scenelets.map((scenelet) => [scenelet.id, scenelet]));
  const byLabel = new Map(scenelets.map((scenelet) => [scenelet.label, scenelet]));
  const childrenOf = Map.groupBy(scenelets, (scenelet) => scenelet.parentId);
  for (const siblings of childrenOf.values()) siblings.sort((a, b) => a.ordinal - b.ordinal);
  const roots = childrenOf.get(null) ?? [];
  const children = (scenelet: Scenelet) => childrenOf.get(scenelet.id) ?? [];

  return {
    roots,
    byId,
    byLabel,
    children,
    pathTo(scenelet) {
      const path: Scenelet[] = [];
      for (let at: Scenelet | undefined = scenelet; at; at = at.parentId ? byId.get(at.parentId) : undefined) {
        path.push(at);
      }
      return path.reverse();
    },
    inOrder() {
      // Not recursive: stories can be deeper than the call stack.
      const order: Scenelet[] = [];
      const stack = roots.toReversed();
      for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
        order.push(next);
        stack.push(...children(next).toReversed());
      }
      return order;
    },
  };
}

/** Whether the script still has to continue from a scenelet: it is not an ending, and nothing follows it. */
export function isOpen(tree: SceneletTree, scenelet: Scenelet): boolean {
  return !scenelet.isTerminalNode && tree.children(scenelet).length === 0;
}
