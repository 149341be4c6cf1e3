import { rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { finishBuild, isBuilt, readBuild } from '../../launcher/appBuild.mjs';
import { temporaryFolder, writeFiles } from './support.ts';

function finishedBuild(): string {
  const folder = temporaryFolder();
  writeFiles(folder, { BUILD_ID: 'id', 'server/app/page.js': 'the page', 'cache/old': 'x', 'types/routes.d.ts': 'x' });
  finishBuild(folder, 'stamp');
  return folder;
}

test('a build counts once it is finished, for the sources that it was made from', () => {
  const unfinished = temporaryFolder();
  writeFiles(unfinished, { BUILD_ID: 'id' });
  expect(readBuild(unfinished)).toBeUndefined();
  const folder = finishedBuild();
  expect(isBuilt(folder, 'stamp')).toBe(true);
  expect(isBuilt(folder, 'another')).toBe(false);
});

test.each<[string, (folder: string) => void]>([
  ['is missing', (folder) => rmSync(join(folder, 'server/app/page.js'))],
  ['is missing with its folder', (folder) => rmSync(join(folder, 'server'), { recursive: true })],
  ['is cut short', (folder) => truncateSync(join(folder, 'server/app/page.js'), 3)],
])('a build does not count when a file of it %s', (_what, damage) => {
  const folder = finishedBuild();
  damage(folder);
  expect(readBuild(folder)).toEqual({ stamp: 'stamp', missing: 'server/app/page.js' });
  expect(isBuilt(folder, 'stamp')).toBe(false);
});

test('what a running app does not need may change or go', () => {
  const folder = finishedBuild();
  rmSync(join(folder, 'cache'), { recursive: true });
  writeFiles(folder, { 'types/routes.d.ts': 'generated again', 'server/app/written-later.html': 'x' });
  expect(isBuilt(folder, 'stamp')).toBe(true);
});
