import { type Edge, type Node, Position } from '@xyflow/react';
import type { TreeLayout } from '../model/layout.ts';

export type SceneletFlowNode = Node<Record<string, never>, 'scenelet'>;
export type ChoiceFlowEdge = Edge<Record<string, never>, 'choice'>;

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

/** One edge to each card but the root. */
export function flowEdges({ parents }: TreeLayout): ChoiceFlowEdge[] {
  return Array.from(parents, ([target, source]) => ({ id: target, type: 'choice', source, target, data: {} }));
}
