import { expect, it } from 'vitest';
import { requestHash } from './requestHash.ts';

it('tells requests apart', () => {
  const hashes = [{ a: 1 }, { a: '1' }, { a: [1, 2] }, { a: [2, 1] }, { a: { b: 1 } }, { a: null }, { b: 1 }, {}].map(
    requestHash,
  );
  expect(new Set(hashes).size).toBe(hashes.length);
});

it('does not care about the order of members, nor about those that are not there', () => {
  expect(requestHash({ a: 1, b: { c: 2, d: [3] } })).toBe(requestHash({ b: { d: [3], c: 2 }, a: 1, e: undefined }));
  expect(requestHash({})).toMatch(/^[0-9a-f]{64}$/);
});
