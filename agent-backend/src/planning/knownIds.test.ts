import { expect, test } from 'vitest';
import { knownIds } from './knownIds.ts';

const NOUN = ['scenelet', 'scenelets'] as const;
const numbered = (count: number) => Array.from({ length: count }, (_, at) => `scenelet-${at + 1}`);

test.each([
  [[], 'x', 'There are no scenelets yet.'],
  [['quay'], 'x', 'The only scenelet is quay.'],
  [['moor', 'quay'], 'x', 'The scenelets are moor, quay.'],
])('of %j all are told', (ids, wanted, sentence) => {
  expect(knownIds(ids, wanted, NOUN)).toBe(sentence);
});

test('of many, those that begin like the wanted one are told, and how many there are', () => {
  const ids = [...numbered(30), 'scenelet-31a', 'scenelet-31b'];
  const sentence = knownIds(ids, 'scenelet-31c', NOUN);
  expect(sentence).toMatch(/^Among its 32 scenelets are scenelet-31a, scenelet-31b, scenelet-3, scenelet-30, /);
  expect(sentence.split(', ')).toHaveLength(8);
});
