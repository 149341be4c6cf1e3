import { chain } from '@story-tree/testkit/stories/storyState.ts';
import { describe, expect, it } from 'vitest';
import { treeOf } from '../kit/storyParts.ts';
import { detailOf } from '../kit/testDetail.ts';
import { endingsBelow, readingPath } from './readingPath.ts';

const branching = [
  { label: 'scenelet-1' },
  { label: 'scenelet-2', parent: 'scenelet-1', choicePrompt: 'Left or right?' },
  { label: 'scenelet-3a', parent: 'scenelet-2', choiceLabel: 'Left', ending: true },
  { label: 'scenelet-3b', parent: 'scenelet-2', choiceLabel: 'Right' },
  { label: 'scenelet-4b', parent: 'scenelet-3b', ending: true },
];
const tree = treeOf(detailOf(branching).scenelets);
const labels = (chosen: string | null) => readingPath(tree, chosen).map(({ scenelet }) => scenelet.label);

describe('readingPath', () => {
  it('stops where something has to be chosen', () => {
    expect(labels(null)).toEqual(['scenelet-1', 'scenelet-2']);
    const last = readingPath(tree, null).at(-1);
    expect(last?.choices.map(({ choiceLabelFromParent }) => choiceLabelFromParent)).toEqual(['Left', 'Right']);
    expect(last?.taken).toBeNull();
  });

  it('continues from what was chosen, and says which choice led there', () => {
    expect(labels('scenelet-3b')).toEqual(['scenelet-1', 'scenelet-2', 'scenelet-3b', 'scenelet-4b']);
    expect(readingPath(tree, 'scenelet-3b')[1]?.taken?.label).toBe('scenelet-3b');
  });

  it('takes an unknown label for none, and an empty tree for what it is', () => {
    expect(labels('scenelet-99')).toEqual(['scenelet-1', 'scenelet-2']);
    expect(readingPath(treeOf([]), 'scenelet-1')).toEqual([]);
  });
});

describe('endingsBelow', () => {
  it('counts the endings that each scenelet leads to', () => {
    const counts = endingsBelow(tree);
    const count = (label: string) => counts.get(tree.byLabel.get(label)?.id ?? '');
    expect([count('scenelet-1'), count('scenelet-3a'), count('scenelet-3b')]).toEqual([2, 1, 1]);
  });

  it('is not stopped by depth', () => {
    const deep = treeOf(detailOf(chain(5_000)).scenelets);
    expect(endingsBelow(deep).get(deep.roots[0]?.id ?? '')).toBe(1);
  });
});
