import { expect, test } from 'vitest';
import { ensureTestPrograms } from '../../launcher/programs.mjs';
import { temporaryFolder, writeFiles } from './support.ts';

const USER = { platform: 'linux', isRoot: false, osRelease: 'ID=debian\n' };

function contextWith(env: NodeJS.ProcessEnv) {
  const lines: string[] = [];
  const say = {
    line: (text: string) => void lines.push(text),
    step: () => Promise.reject(new Error('nothing may be installed here')),
  };
  return { root: '/', env, say, stdout: process.stdout, lines };
}

test('with CI=true a missing program is a failure that names it', async () => {
  const context = contextWith({ PATH: temporaryFolder(), CI: 'true' });
  await expect(ensureTestPrograms(context, USER)).rejects.toThrow(
    'Redis and Chromium must be there when CI=true: install redis-server and chromium-headless-shell.',
  );
});

test.each([
  ['a user who may not install', {}, USER],
  ['root on another system', {}, { ...USER, isRoot: true, osRelease: 'ID=fedora\n' }],
  ['root who declines', { STORY_TREE_NO_APT: '1' }, { ...USER, isRoot: true }],
])('%s gets a line for each missing program', async (_who, variables, machine) => {
  const folder = temporaryFolder();
  writeFiles(folder, { 'apt-get': '' });
  const context = contextWith({ PATH: folder, ...variables });
  await ensureTestPrograms(context, machine);
  expect(context.lines).toEqual([
    'Skipping the tests that need Redis: to run them, install redis-server so that it is on PATH.',
    'Skipping the tests that need Chromium: to run them, install chromium-headless-shell so that it is on PATH.',
  ]);
});

test('programs on PATH are used, by whatever name', async () => {
  const folder = temporaryFolder();
  writeFiles(folder, { 'redis-server': '', 'google-chrome': '' });
  const context = contextWith({ PATH: folder, CI: 'true' });
  await ensureTestPrograms(context, USER);
  expect(context.lines).toEqual([]);
});
