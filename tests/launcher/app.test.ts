import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { launchIn, tinyCheckout, writeFiles } from './support.ts';

const APP = 'apps/story-tree-ui';
const BUILDING = 'Building the web app';
const STAMP = `${APP}/.next/.story-tree-stamp`;

/** Stands in for Next: records each build, and fails if the app's page says so. */
const NEXT = `
const fs = require('node:fs');
const { NODE_ENV, NEXT_TELEMETRY_DISABLED } = process.env;
fs.appendFileSync('../../builds', [process.argv[2], NODE_ENV, NEXT_TELEMETRY_DISABLED].join(' ') + '\\n');
if (fs.readFileSync('src/page.tsx', 'utf8') === 'broken') {
  console.log('./src/page.tsx:1:1 is not a page');
  process.exit(1);
}
fs.mkdirSync('.next', { recursive: true });
fs.writeFileSync('.next/BUILD_ID', 'id');
`;

/** A checkout with an app, an installed Next, and commands that print their names. */
async function checkoutWithApp(): Promise<string> {
  const root = tinyCheckout();
  await launchIn(root, ['story-tree']);
  writeFiles(root, {
    [`${APP}/src/page.tsx`]: 'page',
    'supervisor/src/start.ts': 'console.log("started");',
    'node_modules/next/package.json': { bin: { next: './bin.cjs' } },
    'node_modules/next/bin.cjs': NEXT,
  });
  return root;
}

function buildsOf(root: string): string[] {
  const path = join(root, 'builds');
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
}

test('a build that fails shows why in one sentence, exits with 1, leaves no stamp, and is retried by the next start', async () => {
  const root = await checkoutWithApp();
  writeFiles(root, { [`${APP}/src/page.tsx`]: 'broken' });
  for (let attempt = 0; attempt < 2; attempt++) {
    const { code, stdout, stderr } = await launchIn(root, ['start']);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(BUILDING);
    expect(stderr).toContain('./src/page.tsx:1:1 is not a page');
    expect(stderr).toMatch(/The web app could not be built, for the reason above/);
    expect(stderr).not.toMatch(/\n\s+at /);
  }
  expect(buildsOf(root)).toHaveLength(2);
  expect(existsSync(join(root, STAMP))).toBe(false);
});

test('a build that fails after one that succeeded does not keep the old stamp', async () => {
  const root = await checkoutWithApp();
  await launchIn(root, ['start']);
  expect(existsSync(join(root, STAMP))).toBe(true);
  writeFiles(root, { [`${APP}/src/page.tsx`]: 'broken' });
  expect((await launchIn(root, ['start'])).code).toBe(1);
  expect(existsSync(join(root, STAMP))).toBe(false);
});

test('the app is built for production before the first start, and not again for the second', async () => {
  const root = await checkoutWithApp();
  const first = await launchIn(root, ['start'], { NODE_ENV: 'development' });
  expect(first).toMatchObject({ code: 0, stdout: 'started\n' });
  expect(first.stderr).toContain(BUILDING);
  const second = await launchIn(root, ['start']);
  expect(second).toEqual({ code: 0, stdout: 'started\n', stderr: '' });
  expect(buildsOf(root)).toEqual(['build production 1']);
});

test('it is rebuilt when a source has changed or the build is gone', async () => {
  const root = await checkoutWithApp();
  await launchIn(root, ['start']);
  writeFiles(root, { [`${APP}/src/page.tsx`]: 'another page' });
  await launchIn(root, ['start']);
  rmSync(join(root, APP, '.next/BUILD_ID'));
  await launchIn(root, ['start']);
  expect(buildsOf(root)).toHaveLength(3);
});

test('build builds the app and starts nothing', async () => {
  const root = await checkoutWithApp();
  expect(await launchIn(root, ['build'])).toMatchObject({ code: 0, stdout: '' });
  expect(buildsOf(root)).toHaveLength(1);
});

test('the command line does not need the app', async () => {
  const root = await checkoutWithApp();
  expect((await launchIn(root, ['story-tree'])).code).toBe(0);
  expect(buildsOf(root)).toEqual([]);
});

test('two starts at once build once', async () => {
  const root = await checkoutWithApp();
  const outcomes = await Promise.all([launchIn(root, ['start']), launchIn(root, ['start'])]);
  expect(outcomes.map(({ stdout }) => stdout)).toEqual(['started\n', 'started\n']);
  expect(buildsOf(root)).toHaveLength(1);
});
