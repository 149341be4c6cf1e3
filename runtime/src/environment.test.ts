import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ENVIRONMENT_VARIABLES, parseEnvironment } from './environment.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const sorted = (names: Iterable<string>) => [...names].sort();

test('.env.example names every variable once, and no other', () => {
  const named = [...read('.env.example').matchAll(/^#? ?([A-Z][A-Z0-9_]*)=/gm)].map(([, name = '']) => name);
  expect(sorted(named)).toEqual(sorted(ENVIRONMENT_VARIABLES));
});

test('.env.example sets nothing by itself', () => {
  const set = read('.env.example')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  expect(set).toEqual([]);
});

test('the table in the README names every variable once, and no other', () => {
  const named = [...read('README.md').matchAll(/^\| `([A-Z][A-Z0-9_]*)`(?:, `[a-z_]+`)? \|/gm)].map(
    ([, name = '']) => name,
  );
  expect(sorted(named)).toEqual(sorted(ENVIRONMENT_VARIABLES));
});

test.each(['https://stories.example.org', 'http://10.0.0.7:3000/'])('%s is where people may find the app', (url) => {
  expect(parseEnvironment({ STORY_TREE_PUBLIC_URL: url })).toEqual({ STORY_TREE_PUBLIC_URL: url });
});

test.each([
  'stories.example.org',
  'https://x.example/path',
  'https://me@x.example',
  'ftp://x.example',
  'https://x.example?a',
])('%s is not', (url) => {
  expect(() => parseEnvironment({ STORY_TREE_PUBLIC_URL: url })).toThrow(
    /^STORY_TREE_PUBLIC_URL is .* Give scheme and host alone/,
  );
});
