import type { Random } from '@story-tree/testkit/seeded.ts';
import type { SceneletSketch } from '@story-tree/testkit/stories/storyState.ts';
import { shotsByScenelet, treeOf } from '../../kit/storyParts.ts';
import { detailOf } from '../../kit/testDetail.ts';
import { type Board, boardOf } from './board.ts';
import type { TreeShape } from './layout.ts';

/** A choice at once, one branch that leads to another choice, one that ends, and one that stops short. */
export const SKETCH: readonly SceneletSketch[] = [
  { label: 'scenelet-1', choicePrompt: 'Where to?', description: 'The tide went out. Nobody had told the boats.' },
  { label: 'scenelet-2a', parent: 'scenelet-1', choiceLabel: 'Wade after it', choicePrompt: 'And now?', shots: [] },
  { label: 'scenelet-2b', parent: 'scenelet-1', choiceLabel: 'Wait', ending: true },
  { label: 'scenelet-2c', parent: 'scenelet-1', choiceLabel: 'Light the lamp', description: 'A lighthouse wakes.' },
  { label: 'scenelet-3aa', parent: 'scenelet-2a', choiceLabel: 'Dig', ending: true },
  { label: 'scenelet-3ab', parent: 'scenelet-2a', choiceLabel: 'Sing', ending: true },
];

export function testBoard(sketch: readonly SceneletSketch[] = SKETCH): Board {
  const { scenelets, shots } = detailOf(sketch);
  return boardOf(treeOf(scenelets), shotsByScenelet(shots));
}

/** A tree of so many cards, each with up to four children, of random heights. */
export function randomTree(count: number, random: Random): TreeShape {
  const children = new Map<string, string[]>([['0', []]]);
  const heights = new Map([['0', 150]]);
  const ends = ['0'];
  while (children.size < count) {
    const parent = ends.splice(random.below(Math.min(ends.length, 12)), 1)[0] ?? '0';
    const siblings = children.get(parent) ?? [];
    for (let left = 1 + random.below(4); left > 0 && children.size < count; left -= 1) {
      const label = String(children.size);
      siblings.push(label);
      ends.push(label);
      children.set(label, []);
      heights.set(label, 100 + random.below(260));
    }
  }
  const childrenOf = (label: string) => children.get(label) ?? [];
  return {
    root: '0',
    childrenOf,
    heightOf: (label) => heights.get(label) ?? 0,
    isBranchPoint: (label) => childrenOf(label).length > 1,
  };
}
