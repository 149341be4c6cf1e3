import { describe, expect, it } from 'vitest';
import { keepsBounds } from './jsonBounds.ts';

const BOUNDS = { depth: 3, values: 5 };

describe('the bounds of a JSON text', () => {
  it.each([
    ['[[[1]]]', true],
    ['[[[[1]]]]', false],
    ['{"a":{"b":{"c":{}}}}', false],
    ['[1,2,3,4,5]', true],
    ['[1,2,3,4,5,6]', false],
    ['[{},{},{}]', false],
    ['[[],[]]', true],
    ['"[[[[[,,,,,,"', true],
    [String.raw`["\"[[[[", "\\"]`, true],
    [String.raw`["\\",[[[1]]]]`, false],
    ['["never closed [[[[[', true],
    [']]]][[[1', true],
  ])('%s: %s', (text, expected) => {
    expect(keepsBounds(text, BOUNDS)).toBe(expected);
  });
});
