import { type HierarchyPointNode, hierarchy, tree } from 'd3-hierarchy';
import { around, type Box, centreOf, contains } from './geometry.ts';

/** The same for all cards; their heights follow from what they show. */
export const CARD_WIDTH = 288;

const SIBLING_GAP = 24;
const COUSIN_GAP = 44;
const PLAIN_GAP = 64;
/** Wide enough for the words of a choice. */
const CHOICE_GAP = 216;

/** A tree of cards as the layout needs to know it. */
export interface TreeShape {
  root: string;
  /** In their order; none below what is folded. */
  childrenOf(label: string): readonly string[];
  heightOf(label: string): number;
  /** Whether the edges to its children carry words. */
  isBranchPoint(label: string): boolean;
}

export interface TreeLayout {
  /** Parents before their children, siblings in order. */
  boxes: ReadonlyMap<string, Box>;
  /** The parent of each card but the root. */
  parents: ReadonlyMap<string, string>;
  /** Labels of each depth, from the root on, from top to bottom. */
  columns: readonly (readonly string[])[];
  bounds: Box;
}

/**
 * Places a tree from left to right, one column for each depth. Cards never overlap, children keep their order from top
 * to bottom, and a parent is level with the middle of its children.
 */
export function layOutTree(shape: TreeShape): TreeLayout {
  const root = hierarchy(shape.root, (label) => [...shape.childrenOf(label)]);
  // With unit nodes, a separation is a distance of centres: so cards of any height fit.
  const place = tree<string>()
    .nodeSize([1, 1])
    .separation((a, b) => {
      const gap = a.parent === b.parent ? SIBLING_GAP : COUSIN_GAP;
      return (shape.heightOf(a.data) + shape.heightOf(b.data)) / 2 + gap;
    });
  const nodes: HierarchyPointNode<string>[] = [...place(root)];
  const columns = columnsOf(nodes);
  const lefts = leftEdges(columns, shape);
  const top = Math.min(...nodes.map(({ data, x }) => x - shape.heightOf(data) / 2));
  const boxes = new Map(
    nodes.map(({ data, depth, x }): [string, Box] => {
      const height = shape.heightOf(data);
      return [data, { x: lefts[depth] ?? 0, y: x - height / 2 - top, width: CARD_WIDTH, height }];
    }),
  );
  const parents = new Map(nodes.flatMap(({ data, parent }) => (parent === null ? [] : [[data, parent.data]])));
  return { boxes, parents, columns, bounds: around(boxes.values()) };
}

function columnsOf(nodes: readonly HierarchyPointNode<string>[]): string[][] {
  const columns: string[][] = [];
  // Breadth first: each depth is met from top to bottom.
  for (const { data, depth } of nodes) {
    const column = columns[depth] ?? [];
    columns[depth] = column;
    column.push(data);
  }
  return columns;
}

function leftEdges(columns: readonly (readonly string[])[], shape: TreeShape): number[] {
  let left = 0;
  return columns.map((column) => {
    const here = left;
    const hasChoices = column.some((label) => shape.isBranchPoint(label) && shape.childrenOf(label).length > 0);
    left += CARD_WIDTH + (hasChoices ? CHOICE_GAP : PLAIN_GAP);
    return here;
  });
}

/** How close to a card a pointer has to be, in pixels, where cards are only a few pixels large. */
const REACH = 8;

/** The card under a point of the canvas, or the nearest one within reach. */
export function hitLabel({ boxes }: TreeLayout, point: { x: number; y: number }, zoom: number): string | null {
  let nearest: string | null = null;
  let least = REACH / zoom;
  for (const [label, box] of boxes) {
    if (contains(box, point)) return label;
    const centre = centreOf(box);
    const outX = Math.max(0, Math.abs(point.x - centre.x) - box.width / 2);
    const outY = Math.max(0, Math.abs(point.y - centre.y) - box.height / 2);
    const distance = Math.hypot(outX, outY);
    if (distance < least) [nearest, least] = [label, distance];
  }
  return nearest;
}
