import { labelDepth, type SceneletTree } from '@story-tree/domain';

/** One line of the outline. */
export interface OutlineRow {
  label: string;
  parent: string | null;
  /** From 1. */
  depth: number;
  /** Place among its siblings, from 1, and how many they are. */
  position: number;
  siblings: number;
  hasChildren: boolean;
  /** Whether its children follow as rows. */
  isOpen: boolean;
}

/** The visible scenelets, depth first, as a list. */
export function outlineRows(tree: SceneletTree, folded: ReadonlySet<string>): readonly OutlineRow[] {
  const rows: OutlineRow[] = [];
  const stack = tree.roots.toReversed();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const children = tree.children(next);
    const parent = next.parentId === null ? undefined : tree.byId.get(next.parentId);
    const isOpen = children.length > 0 && !folded.has(next.label);
    rows.push({
      label: next.label,
      parent: parent?.label ?? null,
      depth: labelDepth(next.label),
      position: next.ordinal + 1,
      siblings: parent === undefined ? 1 : tree.children(parent).length,
      hasChildren: children.length > 0,
      isOpen,
    });
    if (isOpen) stack.push(...children.toReversed());
  }
  return rows;
}

/** Which of many rows of equal height to mount: the visible ones, some more, and one that is always needed. */
export function rowsInWindow(
  count: number,
  { top, height, rowHeight, spare }: { top: number; height: number; rowHeight: number; spare: number },
  always: number,
): number[] {
  const from = Math.max(0, Math.floor(top / rowHeight) - spare);
  const to = Math.min(count - 1, Math.ceil((top + height) / rowHeight) + spare);
  const rows: number[] = [];
  if (always >= 0 && always < Math.min(from, count)) rows.push(always);
  for (let row = from; row <= to; row += 1) rows.push(row);
  if (always > to && always < count) rows.push(always);
  return rows;
}
