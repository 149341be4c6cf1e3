import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ENVIRONMENT_VARIABLES } from './environment.ts';

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
