import type { SceneletTree } from '@story-tree/domain';

/** How many scenelets follow each one, by label. */
export function descendantCounts(tree: SceneletTree): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const scenelet of tree.inOrder().reverse()) {
    const below = tree.children(scenelet).reduce((sum, { label }) => sum + 1 + (counts.get(label) ?? 0), 0);
    counts.set(scenelet.label, below);
  }
  return counts;
}

/** Labels of the visible children: none of a folded scenelet. */
export function shownChildren(tree: SceneletTree, folded: ReadonlySet<string>): (label: string) => readonly string[] {
  return (label) => {
    const scenelet = tree.byLabel.get(label);
    if (scenelet === undefined || folded.has(label)) return [];
    return tree.children(scenelet).map((child) => child.label);
  };
}

/** Folds or unfolds a scenelet; nothing happens to one without children. */
export function toggleFold(tree: SceneletTree, folded: ReadonlySet<string>, label: string): ReadonlySet<string> {
  const scenelet = tree.byLabel.get(label);
  if (scenelet === undefined || tree.children(scenelet).length === 0) return folded;
  const toggled = new Set(folded);
  if (!toggled.delete(label)) toggled.add(label);
  return toggled;
}

/** Unfolds everything that hides the scenelet; the same set when nothing does. */
export function reveal(tree: SceneletTree, folded: ReadonlySet<string>, label: string): ReadonlySet<string> {
  const ancestors = new Set(pathLabels(tree, label).slice(0, -1));
  const kept = new Set([...folded].filter((each) => !ancestors.has(each)));
  return kept.size === folded.size ? folded : kept;
}

/** Every branch point except the first: the rest fits on a page. */
export function foldedBranches(tree: SceneletTree): ReadonlySet<string> {
  const branches = tree.inOrder().filter(({ isBranchPoint }) => isBranchPoint);
  return new Set(branches.slice(1).map(({ label }) => label));
}

/** The scenelet itself, or the folded one that hides it. */
export function shownInstead(tree: SceneletTree, folded: ReadonlySet<string>, label: string): string {
  return pathLabels(tree, label).find((ancestor) => folded.has(ancestor)) ?? label;
}

/** Labels from the root to the scenelet, both included; none when there is no such scenelet. */
export function pathLabels(tree: SceneletTree, label: string): readonly string[] {
  const scenelet = tree.byLabel.get(label);
  return scenelet === undefined ? [] : tree.pathTo(scenelet).map((each) => each.label);
}
