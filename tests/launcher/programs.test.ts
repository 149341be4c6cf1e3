import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { ReadStream, WriteStream } from 'node:tty';
import { describe, expect, test } from 'vitest';
import { ensureTestPrograms } from '../../launcher/programs.mjs';
import { askOnTerminal, type Say } from '../../launcher/say.mjs';
import { temporaryFolder, writeFiles } from './support.ts';

const OFFER =
  'apt-get can install redis-server and chromium-headless-shell for the tests that need Redis and Chromium; ' +
  'set STORY_TREE_NO_APT=1 to decline.';

const USER = { platform: 'linux', isRoot: false, osRelease: 'ID=debian\n' };
const ROOT = { ...USER, isRoot: true };

function contextWith(env: NodeJS.ProcessEnv) {
  const lines: string[] = [];
  const say: Say = {
    line: (text) => void lines.push(text),
    step: () => Promise.reject(new Error('nothing may be installed here')),
  };
  return { root: '/', env, say, stdout: process.stdout, lines };
}

test('with CI=true, a missing program is a failure that names it', async () => {
  const context = contextWith({ PATH: temporaryFolder(), CI: 'true' });
  await expect(ensureTestPrograms(context, USER)).rejects.toThrow(
    'Redis and Chromium must be installed when CI=true: install redis-server and chromium-headless-shell.',
  );
});

test.each([
  ['a user who may not install', {}, USER],
  ['root on another system', {}, { ...USER, isRoot: true, osRelease: 'ID=fedora\n' }],
  ['root who declines', { STORY_TREE_NO_APT: '1' }, ROOT],
])('%s is shown a line for each missing program, and is not asked', async (_who, variables, machine) => {
  const folder = temporaryFolder();
  writeFiles(folder, { 'apt-get': '' });
  const context = contextWith({ PATH: folder, ...variables });
  await ensureTestPrograms(context, machine, () => Promise.reject(new Error('nobody may be asked here')));
  expect(context.lines).toEqual([
    'Skipping the tests that need Redis: to run them, install redis-server so that it is on PATH.',
    'Skipping the tests that need Chromium: to run them, install chromium-headless-shell so that it is on PATH.',
  ]);
});

test('programs on PATH are used under any of their names', async () => {
  const folder = temporaryFolder();
  writeFiles(folder, { 'redis-server': '', 'google-chrome': '' });
  const context = contextWith({ PATH: folder, CI: 'true' });
  await ensureTestPrograms(context, USER);
  expect(context.lines).toEqual([]);
});

/** A PATH on which apt-get creates whatever it is asked to install, and records it. */
function placeWithApt() {
  const folder = temporaryFolder();
  const program = ['#!/bin/sh', `echo "$@" >> ${folder}/asked`, `: > ${folder}/redis-server`, `: > ${folder}/chromium`];
  writeFileSync(join(folder, 'apt-get'), program.join('\n'), { mode: 0o755 });
  const asked = () => (existsSync(join(folder, 'asked')) ? readFileSync(join(folder, 'asked'), 'utf8') : '');
  const context = contextWith({ PATH: folder });
  context.say.step = (text, work) => {
    context.lines.push(text);
    return work();
  };
  return { context, asked };
}

test('root is told what would be installed and how to decline, and asked; a yes installs it', async () => {
  const { context, asked } = placeWithApt();
  const questions: string[] = [];
  await ensureTestPrograms(context, ROOT, async (question) => questions.push(question) > 0);
  expect(questions).toEqual([`${OFFER} Install?`]);
  expect(asked()).toContain('redis-server chromium-headless-shell');
  expect(context.lines).toEqual(['Installing redis-server and chromium-headless-shell with apt-get for the tests']);
});

test('if root says no, nothing is installed, and there is a line for each missing program', async () => {
  const { context, asked } = placeWithApt();
  await ensureTestPrograms(context, ROOT, async () => false);
  expect(asked()).toBe('');
  expect(context.lines).toHaveLength(3);
  expect(context.lines.at(-1)).toContain(OFFER);
});

test('root in CI is not asked', async () => {
  const { context, asked } = placeWithApt();
  context.env.CI = 'true';
  await ensureTestPrograms(context, ROOT, () => Promise.reject(new Error('nobody may be asked here')));
  expect(asked()).toContain('redis-server chromium-headless-shell');
});

describe('the question', () => {
  function terminal(isTTY: boolean) {
    const [input, output] = [new PassThrough(), new PassThrough()].map((stream) => Object.assign(stream, { isTTY }));
    return { input, output } as unknown as { input: PassThrough & ReadStream; output: PassThrough & WriteStream };
  }

  test.each([
    ['y', true],
    ['Yes', true],
    ['', false],
    ['n', false],
  ])('is answered with "%s": %s', async (answer, expected) => {
    const { input, output } = terminal(true);
    const outcome = askOnTerminal('Install?', { input, output });
    input.write(`${answer}\n`);
    expect(await outcome).toBe(expected);
    expect(String(output.read())).toContain('Install? [y/N]');
  });

  test('counts as no when the terminal closes', async () => {
    const { input, output } = terminal(true);
    const outcome = askOnTerminal('Install?', { input, output });
    input.end();
    expect(await outcome).toBe(false);
  });

  test('is not asked without a terminal', async () => {
    const { input, output } = terminal(false);
    expect(await askOnTerminal('Install?', { input, output })).toBe(false);
    expect(output.read()).toBeNull();
  });
});
