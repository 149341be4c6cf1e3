import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readStamp, wantedStamp, writeStamp } from '../../launcher/stamp.mjs';
import { temporaryFolder, writeFiles } from './support.ts';

const LOCK = { packages: { '': {}, part: {}, 'node_modules/part': { link: true }, 'node_modules/other': {} } };

function checkout(): string {
  const root = temporaryFolder();
  writeFiles(root, { 'package-lock.json': LOCK, 'package.json': { version: '1' }, 'part/package.json': {} });
  mkdirSync(join(root, 'node_modules'));
  return root;
}

test('there is no stamp before the first install', () => {
  expect(readStamp(checkout())).toBeUndefined();
});

test('a stamp can be read back, and stays valid while nothing changes', () => {
  const root = checkout();
  writeStamp(root, wantedStamp(root));
  writeFiles(root, { 'README.md': 'changed', 'node_modules/other/package.json': {} });
  expect(readStamp(root)).toBe(wantedStamp(root));
});

test.each([
  ['the lockfile', { 'package-lock.json': { packages: { ...LOCK.packages, 'node_modules/more': {} } } }],
  ['the root manifest', { 'package.json': { version: '2' } }],
  ['the manifest of a workspace', { 'part/package.json': { dependencies: { more: '1.0.0' } } }],
])('a change to %s needs another stamp', (_what, change) => {
  const root = checkout();
  const before = wantedStamp(root);
  writeFiles(root, change);
  expect(wantedStamp(root)).not.toBe(before);
});
