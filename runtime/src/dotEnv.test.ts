import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parseDotEnv, readDotEnv } from './dotEnv.ts';

function emptyFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'story-tree-dotenv-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const KEY = 'GEMINI_API_KEY=abc\n';

test.each<[string, Buffer]>([
  ['UTF-8', Buffer.from(KEY)],
  ['UTF-8 with a byte-order mark', Buffer.from(`\uFEFF${KEY}`)],
  ['UTF-16 of a little-endian machine', Buffer.from(`\uFEFF${KEY}`, 'utf16le')],
  ['UTF-16 of a big-endian machine', Buffer.from(`\uFEFF${KEY}`, 'utf16le').swap16()],
  ['lines that end as on Windows', Buffer.from(`# first\r\n${KEY}`.replace(/\n$/, '\r\n'))],
  ['a line for shells', Buffer.from(`export ${KEY}`)],
])('a file with %s is read', (_, bytes) => {
  const file = path.join(emptyFolder(), '.env');
  writeFileSync(file, bytes);
  expect(readDotEnv(file)).toMatchObject({ values: { GEMINI_API_KEY: 'abc' }, warnings: [] });
});

test.each<[string, (file: string) => void, RegExp]>([
  ['a folder', (file) => mkdirSync(file), /\.env cannot be read: it is a folder\. Remove it/],
  [
    'a link to nothing',
    (file) => symlinkSync('nothing', file),
    /\.env cannot be read: it is a link that leads nowhere/,
  ],
  ['UTF-16 without its mark', (file) => writeFileSync(file, KEY, 'utf16le'), /\.env is not text in UTF-8: save it/],
  ['Latin-1', (file) => writeFileSync(file, 'HOST=ä', 'latin1'), /\.env is not text in UTF-8: save it/],
])('%s in its place is refused in a sentence', (_, make, sentence) => {
  const file = path.join(emptyFolder(), '.env');
  make(file);
  expect(() => readDotEnv(file)).toThrow(sentence);
});

test('there need not be one, but one with another ending is told of', () => {
  const file = path.join(emptyFolder(), '.env');
  expect(readDotEnv(file)).toMatchObject({ values: {}, warnings: [] });
  writeFileSync(`${file}.txt`, KEY);
  expect(readDotEnv(file).warnings).toEqual(['.env.txt is not read: rename it to .env.']);
});

test.each([
  ['PORT=1\nHOST=x\nPORT=2', ['.env sets PORT in line 1 and in line 3: the last counts.']],
  ['#\nPORT: 80', ['Line 2 of .env is not understood and sets nothing: write it as NAME=value.']],
  ['export PORT', ['Line 1 of .env is not understood and sets nothing: write it as NAME=value.']],
  [
    'DATABASE_URL=postgresql://me:pa#ss@host/db',
    ['In line 1 of .env, # begins a comment: put the value of DATABASE_URL in quotes to keep all of it.'],
  ],
  ['A="x#y" # why\nB=x # why\n\n  # C=1\nD="two\nE=lines"', []],
])('%j is told of', (text, warnings) => {
  expect(parseDotEnv(text).warnings).toEqual(warnings);
});

test('the line of each name is known, also after a value of several lines', () => {
  const { values, lines } = parseDotEnv('# about\nA="one\nB=two"\n\nC=3\n');
  expect(values).toEqual({ A: 'one\nB=two', C: '3' });
  expect([...lines]).toEqual([
    ['A', 2],
    ['C', 5],
  ]);
});
