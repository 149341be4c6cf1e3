import { chain, storyState } from '@story-tree/testkit/stories/storyState.ts';
import { describe, expect, test } from 'vitest';
import { childLabel, labelDepth, MAX_CHOICES, ROOT_LABEL } from './sceneletLabel.ts';
import { buildSceneletTree, isOpen } from './sceneletTree.ts';

describe('labels', () => {
  const at = (label: string, isBranchPoint: boolean, ordinal = 0) => childLabel({ label, isBranchPoint }, ordinal);

  test('count the depth and gather a letter for each choice', () => {
    expect(at(ROOT_LABEL, false)).toBe('scenelet-2');
    expect(at('scenelet-2', true, 0)).toBe('scenelet-3a');
    expect(at('scenelet-2', true, 1)).toBe('scenelet-3b');
    expect(at('scenelet-3a', false)).toBe('scenelet-4a');
    expect(at('scenelet-4a', true, 1)).toBe('scenelet-5ab');
    expect(at('scenelet-9', true, MAX_CHOICES - 1)).toBe('scenelet-10z');
  });

  test('tell their depth', () => {
    expect([ROOT_LABEL, 'scenelet-12abz'].map(labelDepth)).toEqual([1, 12]);
  });

  test('cannot be made from anything else', () => {
    for (const label of ['', 'scenelet-', 'scenelet-1A', 'x-1', 'scenelet-1a/..']) {
      expect(() => at(label, false)).toThrow(RangeError);
    }
    expect(() => at('scenelet-1', true, MAX_CHOICES)).toThrow(RangeError);
  });
});

describe('the tree', () => {
  const { scenelets } = storyState([
    { label: 'scenelet-1', choicePrompt: 'Where to?' },
    { label: 'scenelet-2a', parent: 'scenelet-1' },
    { label: 'scenelet-2b', parent: 'scenelet-1', ending: true },
    { label: 'scenelet-3a', parent: 'scenelet-2a' },
  ]);
  const tree = buildSceneletTree(scenelets.toReversed());
  const node = (label: string) => {
    const found = tree.byLabel.get(label);
    if (found === undefined) throw new Error(`no ${label}`);
    return found;
  };
  const labels = (nodes: readonly { label: string }[]) => nodes.map(({ label }) => label);

  test('is in order, whatever the order of its rows', () => {
    expect(labels(tree.inOrder())).toEqual(['scenelet-1', 'scenelet-2a', 'scenelet-3a', 'scenelet-2b']);
    expect(labels(tree.children(node('scenelet-1')))).toEqual(['scenelet-2a', 'scenelet-2b']);
    expect(labels(tree.roots)).toEqual(['scenelet-1']);
  });

  test('knows the path to each scenelet', () => {
    expect(labels(tree.pathTo(node('scenelet-3a')))).toEqual(['scenelet-1', 'scenelet-2a', 'scenelet-3a']);
    expect(tree.byId.get(node('scenelet-2b').id)?.label).toBe('scenelet-2b');
  });

  test('is open where nothing follows a scenelet that is not an ending', () => {
    expect(labels(tree.inOrder().filter((scenelet) => isOpen(tree, scenelet)))).toEqual(['scenelet-3a']);
  });

  test('may be deeper than a call stack', () => {
    expect(buildSceneletTree(storyState(chain(20_000)).scenelets).inOrder()).toHaveLength(20_000);
  });

  test('may be empty', () => {
    expect(buildSceneletTree([]).inOrder()).toEqual([]);
  });
});
