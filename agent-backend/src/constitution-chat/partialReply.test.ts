import { describe, expect, test } from 'vitest';
import { partialField } from './partialReply.ts';

const reply = (json: string) => partialField(json, 'reply');

describe('the part of a reply that has arrived', () => {
  test.each([
    ['', ''],
    ['{', ''],
    ['{"rep', ''],
    ['{"reply"', ''],
    ['{"reply":', ''],
    ['{"reply": "', ''],
    ['{"reply": "Hel', 'Hel'],
    ['{"reply": "Hello"', 'Hello'],
    ['{"reply": "Hello", "more": "x', 'Hello'],
    ['{"reply": "a\\', 'a'],
    ['{"reply": "a\\n', 'a\n'],
    ['{"reply": "a\\"b', 'a"b'],
    ['{"reply": "a\\\\', 'a\\'],
    ['{"reply": "a\\\\"', 'a\\'],
    ['{"reply": "\\t\\/\\b\\f\\r', '\t/\b\f\r'],
    ['{"reply": "a\\u', 'a'],
    ['{"reply": "a\\u00', 'a'],
    ['{"reply": "a\\u00e9', 'aé'],
    ['{"reply": "a\\u00E9b', 'aéb'],
    ['{"reply": "\\ud83d', ''],
    ['{"reply": "\\ud83d\\', ''],
    ['{"reply": "\\ud83d\\ude0', ''],
    ['{"reply": "\\ud83d\\ude00', '😀'],
    ['{"reply": "😀'.slice(0, -1), ''],
    ['{"reply": "a bare\nbreak', 'a bare\nbreak'],
    ['{"reply": "\\q', 'q'],
  ])('%j', (json, said) => {
    expect(reply(json)).toBe(said);
  });

  test.each([
    ['behind another field', '{"note": "reply \\" {", "reply": "Yes'],
    ['behind null, numbers and truth', '{"a": null, "b": -1.5e3, "c": true, "reply": "Yes'],
    ['behind nested values', '{"a": {"reply": "No", "b": ["}", {"c": "]"}]}, "reply": "Yes'],
    ['in a fence', '```json\n{\n  "reply" : "Yes'],
    ['behind a sentence', 'Here you go: {"reply":"Yes'],
    ['as the first of two', '{"reply": "Yes", "other": {"reply": "No"}}'],
  ])('is found %s', (_name, json) => {
    expect(reply(json)).toBe('Yes');
  });

  test.each([
    ['no object', 'I would rather not.'],
    ['an array', '["reply", "No"]'],
    ['a value that is no text', '{"reply": {"text": "No'],
    ['null', '{"reply": null, "x": "No"}'],
    ['nothing at all', '{}'],
    ['a nested field only', '{"a": {"reply": "No"'],
    ['broken notation', '{reply: "No"'],
    ['a comma too many', '{"a":,"b'],
  ])('is nothing in %s', (_name, json) => {
    expect(reply(json)).toBe('');
  });

  test('only grows, and is complete in the end, wherever it is cut', () => {
    const words = 'Überall "Wind" 🌬️,\n\ttief \\ unten: 李小龙 {nicht} [hier] \u2028.';
    for (const escaped of [false, true]) {
      const whole = JSON.stringify({ before: { reply: 'no' }, reply: words, after: 'x' });
      const json = escaped
        ? whole.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
        : whole;
      let last = '';
      for (let end = 0; end <= json.length; end++) {
        const said = reply(json.slice(0, end));
        expect(words.startsWith(said) && said.startsWith(last), `cut at ${end}`).toBe(true);
        expect(said.isWellFormed()).toBe(true);
        last = said;
      }
      expect(last).toBe(words);
    }
  });
});
