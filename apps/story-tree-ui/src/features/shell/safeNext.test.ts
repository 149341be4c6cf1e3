import { describe, expect, it } from 'vitest';
import { safeNext } from './safeNext.ts';

const APP = 'https://stories.example.org';

describe('the way on after a sign-in', () => {
  it.each([
    ['/story', '/story'],
    ['/story/x/script?scenelet=scenelet-1#top', '/story/x/script?scenelet=scenelet-1'],
    ['/story?q=ümlaut', '/story?q=%C3%BCmlaut'],
    ['/story/../story?x=//evil.example', '/story?x=//evil.example'],
    ['/sign-inside', '/sign-inside'],
  ])('leads to %j', (next, wanted) => {
    expect(safeNext(next)).toBe(wanted);
  });

  it.each([
    null,
    '//evil.example/x',
    '/\t/evil.example/x',
    '/\n/evil.example',
    '\t//evil.example',
    ' //evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/.//evil.example',
    '/x/..//evil.example',
    '/%2e//evil.example',
    'https://evil.example/story',
    'HTTPS:evil.example',
    'javascript:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,x',
    '//[',
    '/sign-in',
    '/sign-in/?next=/story',
    '/x/../sign-in',
  ])('does not lead to %j', (next) => {
    expect(safeNext(next)).toBe('/story');
  });

  it.each(['', '/\0', '/a\0b', '/\ud800', '/\r\nset-cookie: a=b', '/é', `/${'x'.repeat(100_000)}`])(
    'fits into a header and stays in the app: %j',
    (next) => {
      const way = safeNext(next);
      expect(way).toMatch(/^\/[\x21-\x7e]*$/);
      expect(new URL(way, APP).origin).toBe(APP);
    },
  );
});

it('leads nowhere but into the app after a sign-in', () => {
  const taken = ['/story/abc?scenelet=1', '/story'];
  const refused = [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/sign-in',
    null,
  ];

  expect(taken.map(safeNext)).toEqual(taken);
  expect(new Set(refused.map(safeNext))).toEqual(new Set(['/story']));
});
