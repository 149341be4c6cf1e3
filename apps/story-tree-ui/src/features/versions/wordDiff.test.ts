import { describe, expect, it } from 'vitest';
import { type DiffBlock, type DiffRun, foldUnchanged, isUnchanged, wordDiff } from './wordDiff.ts';

const textOf = (runs: readonly DiffRun[], kinds: readonly DiffRun['kind'][]) =>
  runs
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ text }) => text)
    .join('');

const joined = (blocks: readonly DiffBlock[]) =>
  blocks.map((block) => (block.kind === 'folded' ? block.text : textOf(block.runs, ['same', 'added']))).join('');

describe('wordDiff', () => {
  it('tells single words apart and keeps every character of both texts', () => {
    const before = 'The keeper opens\nthe old door.';
    const after = 'The keeper closes\nthe old, heavy door.';
    const runs = wordDiff(before, after);
    expect(textOf(runs, ['same', 'removed'])).toBe(before);
    expect(textOf(runs, ['same', 'added'])).toBe(after);
    expect(runs.filter(({ kind }) => kind === 'removed').map(({ text }) => text)).toEqual(['opens']);
    expect(isUnchanged(runs)).toBe(false);
  });

  it('gives up on words and lines of long texts that share nothing', () => {
    const text = (letter: string) => Array.from({ length: 60_000 }, (_, index) => `${letter}${index}`).join('\n');
    const [before, after] = [text('a'), text('b')];
    const runs = wordDiff(before, after, 50);
    expect(textOf(runs, ['same', 'removed'])).toBe(before);
    expect(textOf(runs, ['same', 'added'])).toBe(after);
  });

  it('finds nothing between equal texts', () => {
    expect(isUnchanged(wordDiff('# A\n\nb', '# A\n\nb'))).toBe(true);
    expect(isUnchanged(wordDiff('', ''))).toBe(true);
  });
});

describe('foldUnchanged', () => {
  const lines = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}`).join('\n');

  it('folds what lies far from any difference, at the start, between and at the end', () => {
    const before = lines(1, 60);
    const after = before.replace('line 20\n', 'row 20\n').replace('line 40\n', 'row 40\n');
    const blocks = foldUnchanged(wordDiff(before, after));
    expect(blocks.map(({ kind }) => kind)).toEqual(['folded', 'shown', 'folded', 'shown', 'folded']);
    expect(joined(blocks)).toBe(after);
    const [first] = blocks;
    expect(first).toMatchObject({ kind: 'folded', lines: 16 });
    expect(JSON.stringify(blocks[1])).toContain('line 17');
  });

  it('leaves short texts whole', () => {
    const blocks = foldUnchanged(wordDiff('one\ntwo\nthree', 'one\n2\nthree'));
    expect(blocks).toHaveLength(1);
    expect(joined(blocks)).toBe('one\n2\nthree');
  });
});
