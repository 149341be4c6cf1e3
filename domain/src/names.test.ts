import { describe, expect, test } from 'vitest';
import { normalizeNameToId } from './names.ts';

describe('the id of a name', () => {
  test.each([
    ['Tam Harrow', 'tam-harrow'],
    ['  The  Old “Captain”! ', 'the-old-captain'],
    ['Zoé', 'zoe'],
    ['Zoe\u0301', 'zoe'],
    ['ÅNGSTRÖM', 'angstrom'],
    ['İpek', 'ipek'],
    ['李小龙', '李小龙'],
    ['Ольга', 'ольга'],
    ['مريم', 'مريم'],
    ['हिन्दी', 'हिन्दी'],
    ['한글', '한글'],
    ['ガンダム', 'ガンダム'],
    ['Ｒ２', 'r2'],
    ['R2-D2', 'r2-d2'],
    ['../../etc/passwd', 'etc-passwd'],
    ['C:\\x', 'c-x'],
    ['🦊', 'u-1f98a'],
    ['❤️', 'u-2764-fe0f'],
    ['…', 'u-2026'],
    ['', 'u'],
    [' ', 'u'],
    ['Ada ❤️', 'ada'],
    ['❤️ Ada', 'ada'],
    ['Ada ❤️ Bo', 'ada-bo'],
    ['\u0301Ada', 'ada'],
  ])('%j is %j', (name, id) => {
    expect(normalizeNameToId(name)).toBe(id);
  });

  test('stays short, on whole characters', () => {
    const id = normalizeNameToId('龍'.repeat(500));
    expect([...id]).toHaveLength(60);
    expect(normalizeNameToId(`${'a'.repeat(59)} b`)).toBe('a'.repeat(59));
    expect([...normalizeNameToId('🦊'.repeat(100))].length).toBeLessThanOrEqual(60);
  });

  test('is its own id', () => {
    for (const name of ['Zoé', '李小龙', 'हिन्दी', '🦊', 'R2-D2']) {
      expect(normalizeNameToId(normalizeNameToId(name))).toBe(normalizeNameToId(name));
    }
  });
});
