import { expect, test } from 'vitest';
import { storableText, toJson } from './storable.ts';

test('replaces what PostgreSQL cannot keep and nothing else', () => {
  expect(storableText('a\0b\uD83Dc')).toBe('a\uFFFDb\uFFFDc');
  expect(storableText('🦊 李小龙 \u202E\\u0000\n\t')).toBe('🦊 李小龙 \u202E\\u0000\n\t');
});

test('cleans the strings of a document, however deep, and keeps the rest of it', () => {
  const value = { a: [{ b: 'x\0\uDC00' }], n: 1.5, t: true, nothing: null, escaped: '\\u0000 \\ud800' };
  expect(JSON.parse(toJson(value))).toEqual({ ...value, a: [{ b: 'x\uFFFD\uFFFD' }] });
});

test('writes undefined as null', () => {
  expect(toJson(undefined)).toBe('null');
});
