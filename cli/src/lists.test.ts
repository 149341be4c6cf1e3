import { stripVTControlCharacters } from 'node:util';
import { printable } from '@story-tree/runtime/terminalText';
import { expect, test } from 'vitest';
import { type ListEntry, listLines } from './lists.ts';
import { fitted, widthOf } from './textWidth.ts';

const ID = '3f7c1f0e-3b0a-4c50-9a55-5f0e2f6f1c11';
const LONG = 'A lighthouse keeper finds a door in the sea, and behind it another keeper';

const entry = (changes: Partial<ListEntry> = {}): ListEntry => ({
  id: ID,
  facts: [{ text: 'running', colour: 'cyan' }, { text: '7 %' }, { text: '3 min' }],
  title: 'Create story',
  note: '',
  ...changes,
});
const shown = (entries: ListEntry[], columns?: number) =>
  listLines(entries, columns).map((line) => stripVTControlCharacters(printable(line)));

test('without a terminal an entry is one line that says everything, its id first', () => {
  expect(shown([entry({ title: LONG, note: LONG })])).toEqual([`${ID}  running  7 %  3 min  ${LONG}  ${LONG}`]);
});

test('facts stand below each other, numbers to the right', () => {
  const lines = shown([entry(), entry({ facts: [{ text: 'cancelled' }, { text: '100 %' }, { text: '59 min' }] })]);
  expect(lines.map((line) => line.slice(ID.length))).toEqual([
    '  running      7 %   3 min  Create story',
    '  cancelled  100 %  59 min  Create story',
  ]);
});

test('in 80 columns an entry has two lines, with its id whole', () => {
  expect(shown([entry({ title: LONG, note: 'The Door' })], 80)).toEqual([
    `A lighthouse keeper finds a door in the s…  ${ID}`,
    '  running  7 %  3 min  The Door',
  ]);
});

test.each([40, 60, 80, 100, 120, 200])('in %i columns nothing wraps that can be cut', (columns) => {
  const wide = ['海の中に扉を見つけた灯台守の物語と、その向こうの灯台', '🧜‍♀️👨‍👩‍👧‍👦🏴‍☠️ e\u0301 '.repeat(9), LONG, ''];
  for (const line of shown(
    wide.map((text) => entry({ title: text, note: text })),
    columns,
  )) {
    expect(widthOf(line)).toBeLessThanOrEqual(Math.max(columns, ID.length + 2));
  }
});

test.each([
  ['abc', 3, 'abc'],
  ['abcd', 3, 'ab…'],
  ['灯台守', 6, '灯台守'],
  ['灯台守', 5, '灯台…'],
  ['👨‍👩‍👧‍👦x', 2, '…'],
  ['abc', 0, ''],
])('%s in %i columns is %s', (text, columns, wanted) => {
  expect(fitted(text, columns)).toBe(wanted);
});
