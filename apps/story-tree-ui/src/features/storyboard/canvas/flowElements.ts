import { type Edge, type Node, Position } from '@xyflow/react';
import type { Board } from '../model/board.ts';
import type { TreeLayout } from '../model/layout.ts';

export type SceneletFlowNode = Node<Record<string, never>, 'scenelet'>;
export type ChoiceFlowEdge = Edge<{ choice: string | null; isLit: boolean }, 'choice'>;

/**
 * The cards for React Flow. Size and the ends of edges are given, not measured: otherwise it would mount every card
 * once, seen or not.
 */
export function flowNodes({ boxes }: TreeLayout): SceneletFlowNode[] {
  return Array.from(boxes, ([id, { x, y, width, height }]) => ({
    id,
    type: 'scenelet',
    position: { x, y },
    width,
    height,
    handles: [
      { type: 'target', position: Position.Left, x: 0, y: height / 2, width: 0, height: 0 },
      { type: 'source', position: Position.Right, x: width, y: height / 2, width: 0, height: 0 },
    ],
    data: {},
  }));
}

/** One edge to each card but the root, with the words of the choice; those on the path lie above the others. */
export function flowEdges({ boxes }: TreeLayout, { tree, cards }: Board, path: ReadonlySet<string>): ChoiceFlowEdge[] {
  const edges: ChoiceFlowEdge[] = [];
  for (const target of boxes.keys()) {
    const parentId = tree.byLabel.get(target)?.parentId;
    const parent = parentId ? tree.byId.get(parentId) : undefined;
    if (parent === undefined) continue;
    const isLit = path.has(target);
    edges.push({
      id: target,
      type: 'choice',
      source: parent.label,
      target,
      zIndex: isLit ? 1 : 0,
      data: { choice: cards.get(target)?.choice ?? null, isLit },
    });
  }
  return edges;
}
