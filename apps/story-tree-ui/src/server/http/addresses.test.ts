import { globSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findAddress } from './addresses.ts';

const APP = path.resolve(import.meta.dirname, '../../app');

/** Every page of the app, at an address that it could have. */
const PAGES = globSync('**/page.tsx', { cwd: APP }).map((file) => {
  const segments = path.dirname(file).split(path.sep);
  const named = segments.filter((segment) => segment !== '.' && !segment.startsWith('('));
  return `/${named.map((segment) => segment.replace(/^\[.*\]$/, 'some')).join('/')}`;
});

describe('addresses', () => {
  it('include every page of the app', () => {
    expect(PAGES).toContain('/story/some/some');
    for (const page of PAGES) expect(findAddress(page, false), page).not.toBeNull();
  });

  it.each(['/_next/image', '/_next/webpack-hmr', '/__nextjs_source-map'])('%s is for developers at most', (address) => {
    expect(findAddress(address, false)).toBeNull();
    expect(findAddress(address, true)).toMatchObject({ isOpen: true });
  });

  it.each([
    '/_next',
    '/_next/static',
    '/_next/static/',
    '/_next/data/x/story.json',
    '/_global-error',
    '/_error',
    '/story.rsc',
    '/Story',
    '/story/a/b/c',
    '/story//a',
    '/METRICS',
    '/Generated/x.png',
    '/icon.svg.body',
    '/favicon.ico',
    '/%73tory',
  ])('%s is none', (address) => {
    expect(findAddress(address, false)).toBeNull();
  });

  it.each([
    ['/sign-in', true],
    ['/icon.svg', true],
    ['/_next/static/chunks/a.js', true],
    ['/api/health', true],
    ['/api/health/live', true],
    ['/api/health/ready', true],
    ['/api/health/work', true],
    ['/api/session', true],
    ['/api/health/x', undefined],
    ['/api/stories', undefined],
    ['/generated/x.png', undefined],
    ['/metrics', undefined],
    ['/', undefined],
    ['/story', undefined],
  ])('%s is open to strangers: %s', (address, isOpen) => {
    expect(findAddress(address, false)?.isOpen).toBe(isOpen);
  });
});
