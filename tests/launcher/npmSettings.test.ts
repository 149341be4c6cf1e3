import { expect, test } from 'vitest';
import { reachingEnvironment, reachingLines } from '../../launcher/npmSettings.mjs';

test("of a user's .npmrc, an install takes over how to reach a registry", () => {
  const kept = [
    'registry = https://npm.example.org/',
    '@story:registry=https://npm.example.org/story/',
    '//npm.example.org/:_authToken=secret',
    '"//npm.example.org/story/:_password"="c2VjcmV0"',
    '_auth=c2VjcmV0',
    'https-proxy=http://proxy.example.org:3128',
    'noproxy=localhost',
    'cafile=/etc/ssl/own.pem',
    'ca[]="-----BEGIN CERTIFICATE-----\\n"',
    'strict-ssl=false',
    'cache=~/npm-cache',
    'fetch-retries=5',
  ];
  const others = [
    '; registry=https://a.comment/',
    'min-release-age=14',
    'before=2026-01-01',
    'omit[]=dev',
    'ignore-scripts=true',
    'os=sunos',
    'prefix=~/.local',
    'a-setting-of-a-later-npm=1',
    '',
  ];
  expect(reachingLines([...kept, ...others].join('\r\n'))).toBe(kept.map((line) => `${line}\n`).join(''));
});

test('of the environment, an install takes over the same settings, and everything that is not about npm', () => {
  const kept = {
    PATH: '/bin',
    HTTPS_PROXY: 'http://proxy.example.org:3128',
    NPM_CONFIG_REGISTRY: 'https://npm.example.org/',
    npm_config_https_proxy: 'http://proxy.example.org:3128',
    'npm_config_//npm.example.org/:_authToken': 'secret',
    npm_config__auth: 'c2VjcmV0',
    npm_config_strict_ssl: 'false',
    npm_lifecycle_event: 'start',
  };
  const others = {
    NODE_ENV: 'production',
    npm_config_min_release_age: '14',
    Npm_Config_Before: '2026-01-01',
    NPM_CONFIG_OMIT: 'dev',
    npm_config_userconfig: '/home/somebody/.npmrc',
    npm_config_dry_run: 'true',
  };
  expect(reachingEnvironment({ ...kept, ...others })).toEqual(kept);
});
