import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { setAside } from '../../launcher/replaced.mjs';
import { wantedStamp, writeStamp } from '../../launcher/stamp.mjs';
import { type Registry, startRegistry, TOKEN } from './registry.ts';
import { launchIn, tinyCheckout, writeFiles } from './support.ts';

const INSTALLING = 'Installing the dependencies';
const PART = 'node_modules/part/package.json';
const UNTOUCHED = { code: 0, stdout: '{"args":[]}\n', stderr: '' };

/** A user's settings of npm that would each change what is installed, or keep it from being installed. */
const HARMFUL = [
  'min-release-age=9999',
  'before=2001-01-01',
  'omit[]=dev',
  'only=production',
  'dry-run=true',
  'global=true',
  'package-lock-only=true',
  'engine-strict=true',
  'os=sunos',
  'cpu=mips',
  'workspaces=false',
  'workspace[]=nowhere',
  'install-strategy=linked',
];

/** Has a checkout need the package of a registry, for its development, and the settings above. */
function needPart(root: string, { url, entry }: Pick<Registry, 'url' | 'entry'>): NodeJS.ProcessEnv {
  const manifest = { name: 'tiny', version: '1.0.0', devDependencies: { part: entry.version } };
  const packages = { '': manifest, 'node_modules/part': { ...entry, dev: true } };
  writeFiles(root, {
    'package.json': manifest,
    'package-lock.json': { name: 'tiny', version: '1.0.0', lockfileVersion: 3, requires: true, packages },
    'home/.npmrc': [`registry=${url}`, `${url.replace('http:', '')}:_authToken=\${TOKEN}`, ...HARMFUL].join('\n'),
    'home/global': 'ignore-scripts=false\nlegacy-bundling=true\n',
  });
  return {
    TOKEN,
    NODE_ENV: 'production',
    npm_config_userconfig: join(root, 'home/.npmrc'),
    npm_config_globalconfig: join(root, 'home/global'),
    npm_config_cache: join(root, 'home/cache'),
    npm_config_fetch_retries: '0',
    npm_config_dry_run: 'true',
    NPM_CONFIG_OMIT: 'dev',
    npm_config_min_release_age: '9999',
    // Given by the npm that runs these tests.
    npm_config_registry: url,
  };
}

test("what is installed is what the lockfile says, whatever the user's settings; what is gone is installed again", async () => {
  const root = tinyCheckout();
  const variables = needPart(root, await startRegistry());
  const first = await launchIn(root, ['story-tree'], variables);
  expect(first, readIfThere(join(root, '.runtime/npm.log'))).toMatchObject({ code: 0 });
  expect(existsSync(join(root, PART))).toBe(true);
  // It holds the token.
  expect(existsSync(join(root, '.runtime/npmrc'))).toBe(false);
  expect(await launchIn(root, ['story-tree'], variables)).toEqual(UNTOUCHED);

  rmSync(join(root, PART));
  const { code, stderr } = await launchIn(root, ['story-tree'], variables);
  expect(stderr).toContain(`${INSTALLING} with npm (${PART} is missing)`);
  expect(code).toBe(0);
  expect(existsSync(join(root, PART))).toBe(true);
  expect(leftIn(root)).toEqual(['lock']);
});

/** A checkout with an installed package, as far as anybody can tell, and a workspace that has one of its own. */
function installedCheckout(): { root: string; packages: () => Record<string, boolean> } {
  const root = tinyCheckout();
  const manifest = { name: 'tiny', version: '1.0.0', workspaces: ['story'] };
  const part = { version: '1.0.0' };
  const lock = { '': manifest, story: {}, 'node_modules/part': part, 'story/node_modules/part': part };
  writeFiles(root, {
    'package.json': manifest,
    'package-lock.json': { lockfileVersion: 3, packages: lock },
    'story/package.json': {},
    'node_modules/.package-lock.json': { packages: { 'node_modules/part': part, 'story/node_modules/part': part } },
    [PART]: part,
    [`story/${PART}`]: part,
  });
  writeStamp(root, wantedStamp(root));
  const packages = () => ({ own: existsSync(join(root, PART)), ofStory: existsSync(join(root, 'story', PART)) });
  return { root, packages };
}

test('an install that fails leaves what was installed before', async () => {
  const { root, packages } = installedCheckout();
  const before = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const entry = { version: '2.0.0', integrity: `sha512-${'A'.repeat(86)}==` };
  writeFiles(root, { 'package-lock.json': before.replaceAll('{"version":"1.0.0"}', JSON.stringify(entry)) });
  const variables = {
    npm_config_registry: 'http://127.0.0.1:9',
    npm_config_fetch_retries: '0',
    npm_config_cache: join(root, 'cache'),
  };
  expect((await launchIn(root, ['story-tree'], variables)).code).toBe(1);
  expect(packages()).toEqual({ own: true, ofStory: true });

  writeFiles(root, { 'package-lock.json': before });
  expect(await launchIn(root, ['story-tree'], variables)).toEqual(UNTOUCHED);
});

test('what a killed install has moved aside is put back', async () => {
  const { root, packages } = installedCheckout();
  setAside(root);
  expect(packages()).toEqual({ own: false, ofStory: false });
  writeFiles(root, { 'node_modules/half/package.json': {} });
  expect(await launchIn(root, ['story-tree'])).toEqual(UNTOUCHED);
  expect(packages()).toEqual({ own: true, ofStory: true });
  expect(existsSync(join(root, 'node_modules/half'))).toBe(false);
});

test('what an install has moved aside is removed, also when it was killed before it could do that', async () => {
  const { root, packages } = installedCheckout();
  mkdirSync(join(root, '.runtime/replaced/node_modules/old'), { recursive: true });
  expect(await launchIn(root, ['story-tree'])).toEqual(UNTOUCHED);
  expect(packages()).toEqual({ own: true, ofStory: true });
  expect(leftIn(root)).toEqual(['lock']);
});

function readIfThere(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/** What setting up has left; newer Nodes also keep their cache there. */
function leftIn(root: string): string[] {
  return readdirSync(join(root, '.runtime')).filter((name) => name !== 'compile-cache');
}
