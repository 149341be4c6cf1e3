import { seededRandom } from '@story-tree/testkit/seeded.ts';
import { describe, expect, it } from 'vitest';
import { contains, overlap } from './geometry.ts';
import { CARD_WIDTH, layOutTree, type TreeLayout, type TreeShape } from './layout.ts';
import { randomTree } from './testTrees.ts';

const chain = (length: number): TreeShape => ({
  root: '0',
  childrenOf: (label) => (Number(label) + 1 < length ? [String(Number(label) + 1)] : []),
  heightOf: () => 100,
  isBranchPoint: () => false,
});

/** Labels of cards that lie on each other. Cards of different columns cannot. */
function collisions({ boxes, columns }: TreeLayout): string[] {
  return columns.flatMap((column) =>
    column.filter((label, at) => {
      const [box, next] = [boxes.get(label), boxes.get(column[at + 1] ?? '')];
      return box !== undefined && next !== undefined && (overlap(box, next) || next.y < box.y);
    }),
  );
}

describe('the layout', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('has no overlap and keeps the order in random tree %i', (seed) => {
    const shape = randomTree(40 * seed, seededRandom(seed));
    const layout = layOutTree(shape);
    expect(layout.boxes.size).toBe(40 * seed);
    expect(collisions(layout)).toEqual([]);
    const tops = (labels: readonly string[]) => labels.map((label) => layout.boxes.get(label)?.y ?? Number.NaN);
    for (const label of layout.boxes.keys()) {
      const children = tops(shape.childrenOf(label));
      for (const child of shape.childrenOf(label)) expect(layout.parents.get(child)).toBe(label);
      expect(children).toEqual(children.toSorted((a, b) => a - b));
    }
    for (const { x, y, width, height } of layout.boxes.values()) {
      expect(contains(layout.bounds, { x, y })).toBe(true);
      expect(contains(layout.bounds, { x: x + width, y: y + height })).toBe(true);
    }
  });

  it('puts each depth into a column of its own, and leaves room for the words of choices', () => {
    const plain = layOutTree(chain(3));
    const lefts = [...plain.boxes.values()].map(({ x }) => x);
    expect(lefts.every((x, at) => at === 0 || x > (lefts[at - 1] ?? 0) + CARD_WIDTH)).toBe(true);
    const branching = layOutTree({ ...chain(3), isBranchPoint: () => true });
    expect(branching.boxes.get('1')?.x).toBeGreaterThan(plain.boxes.get('1')?.x ?? 0);
  });

  it('sets a parent level with the middle of its children, and begins at 0', () => {
    const { boxes, bounds } = layOutTree({
      ...chain(1),
      childrenOf: (label) => (label === '0' ? ['1', '2', '3'] : []),
    });
    expect(boxes.get('0')?.y).toBe(boxes.get('2')?.y);
    expect([bounds.x, bounds.y]).toEqual([0, 0]);
  });

  it('takes 3,000 scenelets, in breadth and in depth', () => {
    const layout = layOutTree(randomTree(3_000, seededRandom(5)));
    expect(layout.boxes.size).toBe(3_000);
    expect(collisions(layout)).toEqual([]);
    expect(layOutTree(chain(3_000)).columns).toHaveLength(3_000);
  });
});
