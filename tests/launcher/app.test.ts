import { existsSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { wantedStamp, writeStamp } from '../../launcher/stamp.mjs';
import { launchIn, temporaryFolder, tinyCheckout, writeFiles } from './support.ts';

const APP = 'apps/story-tree-ui';
const BUILDING = 'Building the web app';
const BUILD_ID = `${APP}/.next/BUILD_ID`;

/** Stands in for Next: records each build, and fails if the app's page says so. */
const NEXT = `
const fs = require('node:fs');
const { NODE_ENV, NEXT_TELEMETRY_DISABLED, STORY_TREE_DIST } = process.env;
fs.appendFileSync('../../builds', [process.argv[2], NODE_ENV, NEXT_TELEMETRY_DISABLED].join(' ') + '\\n');
const page = fs.readFileSync('src/page.tsx', 'utf8');
if (page === 'broken') console.log('./src/page.tsx:1:1 is not a page');
if (page === 'too large') console.log('Error: No space left on device (os error 28)\\n    at somewhere (x.js:1)');
if (page === 'broken' || page === 'too large') process.exit(1);
if (page === 'endless') {
  console.log('building');
  process.on('SIGINT', () => {});
  setInterval(() => {}, 1000);
  return;
}
fs.writeFileSync(STORY_TREE_DIST + '/BUILD_ID', fs.readFileSync('src/page.tsx'));
fs.writeFileSync('next-env.d.ts', 'import "./' + STORY_TREE_DIST + '/types/routes.d.ts";');
`;

/** A checkout with an app, an installed Next, and commands that print their names. */
function checkoutWithApp(): string {
  const root = tinyCheckout();
  writeStamp(root, wantedStamp(root));
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

test('a build that fails shows why in one sentence, exits with 1, leaves no build, and is retried by the next start', async () => {
  const root = checkoutWithApp();
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
  expect(existsSync(join(root, BUILD_ID))).toBe(false);
});

test('a build that fails leaves the one before it; so does one that was killed, whose rest the next one removes', async () => {
  const root = checkoutWithApp();
  await launchIn(root, ['start']);
  expect(readFileSync(join(root, BUILD_ID), 'utf8')).toBe('page');
  for (const page of ['broken', 'too large']) {
    writeFiles(root, { [`${APP}/src/page.tsx`]: page, [`${APP}/.next-builds/build-killed/BUILD_ID`]: 'half' });
    expect((await launchIn(root, ['start'])).code).toBe(1);
    expect(readFileSync(join(root, BUILD_ID), 'utf8')).toBe('page');
    expect(readdirSync(join(root, APP, '.next-builds'))).toHaveLength(1);
  }
  writeFiles(root, { [`${APP}/src/page.tsx`]: 'page' });
  expect(await launchIn(root, ['start'])).toEqual({ code: 0, stdout: 'started\n', stderr: '' });
});

test('a full disk is named instead of the output of the build', async () => {
  const root = checkoutWithApp();
  writeFiles(root, { [`${APP}/src/page.tsx`]: 'too large' });
  const { code, stderr } = await launchIn(root, ['build']);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /story-tree: The disk of \S+ is full \(\d+ MB are free\): free about \S+ GB there and run this again\.\n$/,
  );
  expect(stderr).not.toContain('os error');
});

test('the build that a new one replaces stays for the app that runs on it, until the one after that', async () => {
  const root = checkoutWithApp();
  await launchIn(root, ['build']);
  const first = realpathSync(join(root, APP, '.next'));
  writeFiles(root, { [`${APP}/src/page.tsx`]: 'second' });
  await launchIn(root, ['build']);
  expect(readFileSync(join(first, 'BUILD_ID'), 'utf8')).toBe('page');
  expect(readFileSync(join(root, BUILD_ID), 'utf8')).toBe('second');
  expect(readFileSync(join(root, APP, 'next-env.d.ts'), 'utf8')).toBe('import "./.next/types/routes.d.ts";');
  writeFiles(root, { [`${APP}/src/page.tsx`]: 'third' });
  await launchIn(root, ['build']);
  expect(existsSync(first)).toBe(false);
});

test('a folder in the place of the link, such as one with generated types, makes way', async () => {
  const root = checkoutWithApp();
  writeFiles(root, { [`${APP}/.next/types/routes.d.ts`]: 'types' });
  expect((await launchIn(root, ['build'])).code).toBe(0);
  expect(readFileSync(join(root, BUILD_ID), 'utf8')).toBe('page');
});

test('a checkout that was moved keeps its build', async () => {
  const root = checkoutWithApp();
  await launchIn(root, ['build']);
  const elsewhere = join(temporaryFolder(), 'moved');
  renameSync(root, elsewhere);
  expect(await launchIn(elsewhere, ['start'])).toEqual({ code: 0, stdout: 'started\n', stderr: '' });
  expect(buildsOf(elsewhere)).toHaveLength(1);
});

test('the app is built for production before the first start, and not again for the second', async () => {
  const root = checkoutWithApp();
  const first = await launchIn(root, ['start'], { NODE_ENV: 'development' });
  expect(first).toMatchObject({ code: 0, stdout: 'started\n' });
  expect(first.stderr).toContain(BUILDING);
  const second = await launchIn(root, ['start']);
  expect(second).toEqual({ code: 0, stdout: 'started\n', stderr: '' });
  expect(buildsOf(root)).toEqual(['build production 1']);
});

test('it is rebuilt when a source has changed, and when a part of the build is gone, which is said', async () => {
  const root = checkoutWithApp();
  await launchIn(root, ['start']);
  writeFiles(root, { [`${APP}/src/page.tsx`]: 'another page' });
  await launchIn(root, ['start']);
  rmSync(join(root, BUILD_ID));
  const { code, stderr } = await launchIn(root, ['start']);
  expect(code).toBe(0);
  expect(stderr).toContain(`${BUILDING} (BUILD_ID is missing)`);
  expect(buildsOf(root)).toHaveLength(3);
});

test('build builds the app and starts nothing', async () => {
  const root = checkoutWithApp();
  expect(await launchIn(root, ['build'])).toMatchObject({ code: 0, stdout: '' });
  expect(buildsOf(root)).toHaveLength(1);
});

test('the command line does not need the app', async () => {
  const root = checkoutWithApp();
  expect((await launchIn(root, ['story-tree'])).code).toBe(0);
  expect(buildsOf(root)).toEqual([]);
});

test('two starts at once build once', async () => {
  const root = checkoutWithApp();
  const outcomes = await Promise.all([launchIn(root, ['start']), launchIn(root, ['start'])]);
  expect(outcomes.map(({ stdout }) => stdout)).toEqual(['started\n', 'started\n']);
  expect(buildsOf(root)).toHaveLength(1);
});
