import { isOpen, labelDepth, type SceneletTree } from '@story-tree/domain';

export interface TreeStatistics {
  scenelets: number;
  branchPoints: number;
  endings: number;
  /** Paths that the script has not brought to an end. */
  open: number;
  /** Scenelets on the longest path. */
  depth: number;
}

export function treeStatistics(tree: SceneletTree): TreeStatistics {
  const scenelets = tree.inOrder();
  const count = (holds: (scenelet: (typeof scenelets)[number]) => boolean) => scenelets.filter(holds).length;
  return {
    scenelets: scenelets.length,
    branchPoints: count(({ isBranchPoint }) => isBranchPoint),
    endings: count(({ isTerminalNode }) => isTerminalNode),
    open: count((scenelet) => isOpen(tree, scenelet)),
    depth: scenelets.reduce((deepest, { label }) => Math.max(deepest, labelDepth(label)), 0),
  };
}
