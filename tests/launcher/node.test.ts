import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ensureNode } from '../../launcher/node.mjs';
import { MINIMUM_NODE, nodeBuildFor, PINNED_NODE } from '../../launcher/versions.mjs';
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
  expect(readdirSync(join(root, '.runtime')).filter((name) => name !== 'lock' && name !== 'npm-cache')).toEqual([]);
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
    [`.runtime/node-${PINNED_NODE}/package.json`]: { name: nodeBuildFor('linux', 'x64')?.package },
    [`.runtime/node-${PINNED_NODE}/bin/node`]: '',
  });
  const context = contextIn(root);
  expect(await ensureNode(context, OLD)).toBe(join(root, `.runtime/node-${PINNED_NODE}/bin/node`));
  expect(context.lines).toEqual([]);
});

test('a Node that was fetched for another platform is not used', async () => {
  const root = temporaryFolder();
  writeFiles(root, {
    [`.runtime/node-${PINNED_NODE}/package.json`]: { name: nodeBuildFor('linux', 'arm64')?.package },
    [`.runtime/node-${PINNED_NODE}/bin/node`]: '',
  });
  const env = { ...UNREACHABLE, npm_config_cache: join(root, 'cache') };
  await expect(ensureNode(contextIn(root, env), OLD)).rejects.toThrow(/cannot be reached/);
});
