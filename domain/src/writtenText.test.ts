import { describe, expect, it } from 'vitest';
import { brokenTexts, writtenText } from './writtenText.ts';

const schema = writtenText(10);
const complaint = (text: string) => schema.safeParse(text).error?.issues.map(({ message }) => message);

describe('what a person has written', () => {
  it.each(['A', ' 李小龙\n', 'é', '🦊', '👩‍👧', '\u200fשלום', 'a\u200bb', '¿', '\t…'])('may be %j', (text) => {
    expect(schema.parse(text)).toBe(text.trim());
  });

  it.each([
    ['', 'This is empty; write something.'],
    [' \n\ufeff\u3000', 'This is empty; write something.'],
    ['\u200b\u200d\u2060', 'This has only characters that nobody can see; write something.'],
    ['\u202e \u2066', 'This has only characters that nobody can see; write something.'],
    ['\u115f\u1160\u3164\uffa0', 'This has only characters that nobody can see; write something.'],
    ['\u00ad\ufe0f\u2800\u{e0041}\u0007', 'This has only characters that nobody can see; write something.'],
    ['a\0b', 'This contains a NUL character; remove it.'],
    ['a\ud83d', 'This contains half a character, a lone surrogate; remove it.'],
    ['\udc00a', 'This contains half a character, a lone surrogate; remove it.'],
    ['A'.repeat(11), 'This has 11 characters; shorten it to 10 at most.'],
  ])('may not be %j', (text, message) => {
    expect(complaint(text)).toEqual([message]);
  });
});

it('broken texts are found wherever they are, in the names of fields, too', () => {
  const value = { fine: ['a', 1, null, { x: 'b\0' }], 'ba\0d': 'x', half: '\ud800', none: undefined };
  expect(brokenTexts(value).map(({ path }) => path)).toEqual(['fine.3.x', '', 'half']);
  expect(brokenTexts({ a: { b: 'c' } })).toEqual([]);
});
