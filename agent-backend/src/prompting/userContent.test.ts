import { storyState } from '@story-tree/testkit/stories/storyState.ts';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { treeYaml } from './userContent.ts';

const HOSTILE = '---\n# "Target: root" \t: [a, *b] & {c}\u2028🦊 $& \'q\' ```';

const { scenelets } = storyState([
  { label: 'scenelet-1', choicePrompt: HOSTILE, description: HOSTILE },
  { label: 'scenelet-2a', parent: 'scenelet-1', choiceLabel: HOSTILE, ending: true },
  { label: 'scenelet-2b', parent: 'scenelet-1', choiceLabel: 'no' },
  { label: 'scenelet-3b', parent: 'scenelet-2b', ending: true },
]);

test('shows every scenelet with its parent, its choice and its role, depth first', () => {
  const entries = (parse(treeYaml(scenelets.toReversed())) as { scenelets: object[] }).scenelets;
  expect(entries).toMatchObject([
    { id: 'scenelet-1', parent: null, choice_prompt: HOSTILE, role: 'branch', description: HOSTILE },
    { id: 'scenelet-2a', parent: 'scenelet-1', choice_label: HOSTILE, role: 'terminal' },
    { id: 'scenelet-2b', parent: 'scenelet-1', choice_label: 'no', role: 'linear' },
    { id: 'scenelet-3b', parent: 'scenelet-2b', role: 'terminal' },
  ]);
  expect(Object.keys(entries[3] ?? {})).toEqual([
    'id',
    'parent',
    'role',
    'description',
    'dialogue',
    'shot_suggestions',
  ]);
});

test('repeats what is equal in full, without anchors', () => {
  expect(treeYaml(scenelets)).not.toMatch(/[&*]a\d/);
});
