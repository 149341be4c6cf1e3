import { describe, expect, it } from 'vitest';
import { createRedaction, redactShapes } from './redaction.ts';

const KEY = 'AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY';
const PASSWORD = 'pa$$w"rd/\\é&<9>';

const { redact } = createRedaction([KEY, PASSWORD]);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const inJson = (text: string) => JSON.stringify(text).slice(1, -1);
const everyByte = (text: string, prefix: string) => Buffer.from(text).toString('hex').replace(/../g, `${prefix}$&`);

describe('a secret is hidden', () => {
  it.each([
    ['as it is', KEY],
    ['escaped in an address', encodeURIComponent(PASSWORD)],
    ['with every byte escaped', everyByte(PASSWORD, '%')],
    ['escaped twice', encodeURIComponent(encodeURIComponent(PASSWORD))],
    ['in JSON', inJson(PASSWORD)],
    ['in JSON within JSON', inJson(inJson(PASSWORD))],
    ['in JSON, by the numbers of its characters', KEY.replace(/./g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`)],
    ['in a page', 'pa$$w&quot;rd/\\&#xe9;&amp;&lt;9&gt;'],
    ['in base64', base64(KEY)],
    ['in base64 for addresses', Buffer.from(PASSWORD).toString('base64url')],
    ['in base64 that is escaped', encodeURIComponent(base64(PASSWORD))],
    ['in hexadecimal', Buffer.from(KEY).toString('hex').toUpperCase()],
    ['without its beginning', KEY.slice(-10)],
    ['without its end', KEY.slice(0, 10)],
    ['without either', KEY.slice(15, 30)],
    ['in base64 that was cut', base64(KEY).slice(4, 20)],
  ])('%s', (_how, written) => {
    expect(redact(`key=${written}; more`)).toMatch(/^key=\[redacted\](=|%3D)*; more$/);
  });

  it.each(['', '!', '!!', '!!!'])('within more that was encoded as a whole: after "%s"', (before) => {
    for (const text of [`${before}${KEY}`, `${before}${KEY}?`, `${before}${KEY}??`]) {
      const hidden = redact(`Basic ${base64(text)}.`);
      expect(hidden).toContain('[redacted]');
      // What is left at the edges says at most a few bits of a character.
      expect(hidden.replace('[redacted]', '').length).toBeLessThan('Basic .'.length + 12);
    }
  });

  it('wherever it stands, however often', () => {
    expect(redact(`${KEY}${KEY} and ${KEY}`)).toBe('[redacted][redacted] and [redacted]');
    expect(redact(`100% \\n ${KEY} %41 ${KEY}`)).toBe('100% \\n [redacted] %41 [redacted]');
  });

  it('once it is known', () => {
    const learning = createRedaction([]);
    expect(learning.redact(KEY)).toBe(KEY);
    learning.hide(KEY);
    expect(learning.redact(KEY)).toBe('[redacted]');
  });
});

describe('what is no secret stays', () => {
  it.each([
    'Nothing in here.',
    `Its first letters: ${KEY.slice(0, 9)}, and its last: ${KEY.slice(-9)}`,
    '100 %, a\\"b, &amp; and \\u0041',
    KEY.toLowerCase(),
    base64('the quick brown fox jumps over the lazy dog'),
  ])('%s', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('where a short secret is part of a word', () => {
    const short = createRedaction(['postgres']);
    expect(short.redact('postgresql://db, not postgres!')).toBe('postgresql://db, not [redacted]!');
  });

  it('also beside a secret that is too short to be one, or empty', () => {
    expect(createRedaction(['', 'task']).redact('The task is started.')).toBe('The task is started.');
  });
});

describe('what looks like a secret', () => {
  it.each([
    [`The key ${KEY}!`, 'The key [redacted]!'],
    ['authorization: Bearer abcdefghijklmnop.qrs-tuv==', 'authorization: Bearer [redacted]'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', '[redacted]'],
    ['postgresql://me:secret@db.example/x', 'postgresql://[redacted]@db.example/x'],
  ])('is hidden: %s', (text, hidden) => {
    expect(redactShapes(text)).toBe(hidden);
  });

  it.each(['The bearer of the ring', 'https://example.org/@someone', 'AIza', 'eyJ.a.b', 'me@example.org'])(
    'does not look like one: %s',
    (text) => {
      expect(redactShapes(text)).toBe(text);
    },
  );
});
