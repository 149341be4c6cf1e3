import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { coloured, oneLine, printable, printableJson } from './terminalText.ts';

beforeEach(() => vi.stubEnv('FORCE_COLOR', '1'));
afterEach(() => vi.unstubAllEnvs());

const EVERY_CONTROL = [
  ...Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code)).filter(
    (text) => !/[\x20-\x7e\t\n]/.test(text),
  ),
  ...'\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069',
];

describe('what reaches a terminal', () => {
  it.each([
    ['plain text', 'A door\n\tin the sea — Zoé 李小龙 🗼', 'A door\n\tin the sea — Zoé 李小龙 🗼'],
    ['a colour', '\x1b[31mred\x1b[0m', '[31mred[0m'],
    ['a title', '\x1b]0;owned\x07', ']0;owned'],
    ['a title in C1', '\x9d0;owned\x9c', '0;owned'],
    ['a line taken back', 'good\r\x1b[2Kbad', 'good[2Kbad'],
    ['a turned direction', 'gnp\u202eexe', 'gnpexe'],
  ])('has nothing that steers it: %s', (_, text, wanted) => {
    expect(printable(text)).toBe(wanted);
    expect(printable(coloured('red', text))).toBe(`\x1b[31m${wanted}\x1b[39m`);
  });

  it('has no control characters', () => {
    expect(EVERY_CONTROL).toHaveLength(0x20 - 2 + 0x21 + 9);
    expect(printable(EVERY_CONTROL.join(''))).toBe('');
  });

  it('has our colours, among foreign text too', () => {
    expect(printable(`\x1b[8m${coloured('dim', 'ours')}\x1b[8m`)).toBe('[8m\x1b[2mours\x1b[22m[8m');
  });

  it('is a single line where one is wanted', () => {
    expect(oneLine('a\n  b\r\nc\u2028d\te')).toBe('a b c d e');
  });

  it('is JSON that loses nothing', () => {
    const value = { name: `${EVERY_CONTROL.join('')} "Zoé"\n` };
    const text = printableJson(value);
    expect(printable(text)).toBe(text);
    expect(text).not.toContain('\n');
    expect(JSON.parse(text)).toEqual(value);
  });
});
