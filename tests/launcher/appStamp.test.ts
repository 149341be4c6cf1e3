import { expect, test } from 'vitest';
import { wantedAppStamp } from '../../launcher/appStamp.mjs';
import { temporaryFolder, writeFiles } from './support.ts';

const APP = 'apps/story-tree-ui';
const NODE = 'v24.0.0';

function checkout(): string {
  const root = temporaryFolder();
  writeFiles(root, {
    'package-lock.json': {},
    'tsconfig.json': {},
    'domain/src/index.ts': 'domain',
    [`${APP}/src/app/page.tsx`]: 'page',
    [`${APP}/next.config.ts`]: 'config',
  });
  return root;
}

test.each<[string, Record<string, string>]>([
  ['a page', { [`${APP}/src/app/page.tsx`]: 'other' }],
  ['the settings of Next', { [`${APP}/next.config.ts`]: 'other' }],
  ['the domain', { 'domain/src/index.ts': 'other' }],
  ['the lockfile', { 'package-lock.json': '{"packages":{}}' }],
  ['the settings of the compiler', { 'tsconfig.json': '{"files":[]}' }],
  ['a new file', { [`${APP}/src/app/new/page.tsx`]: '' }],
])('another stamp is wanted after a change of %s', (_what, change) => {
  const root = checkout();
  const before = wantedAppStamp(root, NODE);
  writeFiles(root, change);
  expect(wantedAppStamp(root, NODE)).not.toBe(before);
});

test('another Node needs another stamp', () => {
  const root = checkout();
  expect(wantedAppStamp(root, 'v26.0.0')).not.toBe(wantedAppStamp(root, NODE));
});

test('generated files, served files and tests do not change the stamp', () => {
  const root = checkout();
  const before = wantedAppStamp(root, NODE);
  writeFiles(root, {
    [`${APP}/.next/BUILD_ID`]: 'id',
    [`${APP}/.next-other/BUILD_ID`]: 'id',
    [`${APP}/next-env.d.ts`]: '',
    [`${APP}/public/generated/story/picture.png`]: '',
    [`${APP}/src/app/page.test.tsx`]: '',
    [`${APP}/node_modules/other/index.js`]: '',
  });
  expect(wantedAppStamp(root, NODE)).toBe(before);
});
