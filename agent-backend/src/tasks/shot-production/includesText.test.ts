import { describe, expect, it } from 'vitest';
import { includesText } from './includesText.ts';

describe('a text within another', () => {
  it('is found wherever the language finds it', () => {
    const texts = [
      '',
      'a',
      'b',
      'ab',
      'aab',
      'aba',
      'abab',
      'aabaab',
      'ababac',
      'aaaa',
      'bbab',
      'abcabcabd',
      '李小李小龙',
    ];
    for (const text of texts) {
      for (const wanted of [...texts, '李小龙', 'abcabd']) {
        expect([text, wanted, includesText(text, wanted)]).toEqual([text, wanted, text.includes(wanted)]);
      }
    }
  });

  it('is looked for in no more than the time of both, however alike they are', () => {
    const wanted = `${'a'.repeat(100_000)}b${'a'.repeat(100_000)}`;
    expect(includesText('a'.repeat(500_000), wanted)).toBe(false);
    expect(includesText(`${'a'.repeat(300_000)}b${'a'.repeat(300_000)}`, wanted)).toBe(true);
  });
});
