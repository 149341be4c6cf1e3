import { childLabel, ROOT_LABEL } from '@story-tree/domain';
import type { SyntheticSize } from '../settings.ts';

/** A synthetic tree: the labels that follow each label. `root` leads to the first scenelet; endings lead nowhere. */
export type SyntheticPlan = ReadonlyMap<string, readonly string[]>;

interface PlannedNode {
  label: string;
  /** Scenelets in its subtree, itself included. */
  budget: number;
  /** Branch points and single steps alternate, so that choices come at a steady pace. */
  mayBranch: boolean;
}

/** The budget divided into parts that differ by at most one. */
function split(budget: number, parts: number): number[] {
  return Array.from({ length: parts }, (_, index) => Math.floor((budget + index) / parts));
}

/** An ending is never itself a choice: each choice needs room for a scenelet and the ending after it. */
function grow({ label, budget, mayBranch }: PlannedNode, branching: number): PlannedNode[] {
  const left = budget - 1;
  if (left === 0) return [];
  const isBranchPoint = branching > 1 && mayBranch && left >= 2 * branching;
  const shares = isBranchPoint ? split(left, branching) : [left];
  return shares.map((part, ordinal) => ({
    label: childLabel({ label, isBranchPoint }, ordinal),
    budget: part,
    mayBranch: !isBranchPoint,
  }));
}

/** Plans a tree of exactly `sceneletCount` scenelets in which every path ends; if it branches, its depth is logarithmic. */
export function planTree({ sceneletCount, branching }: SyntheticSize): SyntheticPlan {
  const plan = new Map<string, readonly string[]>([['root', [ROOT_LABEL]]]);
  let level: PlannedNode[] = [{ label: ROOT_LABEL, budget: sceneletCount, mayBranch: false }];
  while (level.length > 0) {
    level = level.flatMap((node) => {
      const next = grow(node, branching);
      plan.set(
        node.label,
        next.map(({ label }) => label),
      );
      return next;
    });
  }
  return plan;
}
