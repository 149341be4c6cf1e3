import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { markdownElements } from './MarkdownText.tsx';

const SIZE = 12_000;

function html(text: string): string {
  const elements = markdownElements(text);
  if (elements === null) throw new Error('It is shown as plain text.');
  return renderToStaticMarkup(createElement('main', {}, ...elements)).replace(/^<main>|<\/main>$/g, '');
}

const filled = (unit: string, size = SIZE) => unit.repeat(Math.ceil(size / unit.length));

describe('Markdown', () => {
  it.each([
    ['# A *title*', '<h1>A <em>title</em></h1>'],
    ['a **b** ~~c~~ `d`', '<p>a <strong>b</strong> <s>c</s> <code>d</code></p>'],
    ['a\nb  \nc', '<p>a\nb<br/>c</p>'],
    ['- a\n- b\n\n3. c', '<ul><li>a</li><li>b</li></ul><ol start="3"><li>c</li></ol>'],
    ['> a\n\n---', '<blockquote><p>a</p></blockquote><hr/>'],
    ['```js\na < b\n```', '<pre><code>a &lt; b\n</code></pre>'],
    ['|a|\n|-|\n|b|', '<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>'],
    ['<b onclick="x">a</b>', '<p>&lt;b onclick=&quot;x&quot;&gt;a&lt;/b&gt;</p>'],
    ['![*a* cat](https://evil.example/x.png)', '<p><span>a cat</span></p>'],
  ])('%j becomes what it says', (text, wanted) => {
    expect(html(text)).toBe(wanted);
  });

  it.each(['https://example.org/a', 'HTTP://example.org', 'mailto:a@example.org', '#part'])(
    'links to %s',
    (address) => {
      expect(html(`[a](${address})`)).toContain(
        `<a href="${address}" target="_blank" rel="noopener noreferrer nofollow">`,
      );
    },
  );

  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'java&#9;script:alert(1)',
    'java&#10;script:alert(1)',
    '&#1;javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    '/story',
    '//evil.example',
    'blob:https://example.org/x',
  ])('does not link to %s', (address) => {
    expect(html(`[word](<${address}>)`)).toBe('<p><span>word</span></p>');
  });

  const DEEP: [string, string][] = [
    ['lists in one line', `${filled('- ')}x`],
    ['numbered lists in one line', `${filled('1. ')}x`],
    ['quotes', filled('>')],
    ['quotes and lists', `${filled('- > ')}x`],
    ['lists by indentation', Array.from({ length: 200 }, (_, depth) => `${' '.repeat(2 * depth)}- x`).join('\n')],
    ['lists in many lines', filled(`${'- '.repeat(20)}x\n`)],
    ['emphasis', `${'*'.repeat(SIZE / 2)}a${'*'.repeat(SIZE / 2)}`],
    ['emphasis of two kinds', filled('*a _b ', SIZE / 2) + filled('b_ a* ', SIZE / 2)],
    ['struck emphasis', `${'~~*a '.repeat(1_000)}${'a*~~ '.repeat(1_000)}`],
  ];

  it.each(DEEP)('that nests %s too deep is left as it is', (_, text) => {
    expect(markdownElements(text)).toBeNull();
  });

  it('that is too long, or has too many parts, is left as it is', () => {
    expect(markdownElements(filled('word ', 50_001))).toBeNull();
    const columns = 100;
    expect(markdownElements(`${'|a'.repeat(columns)}\n${'|-'.repeat(columns)}\n${filled('|\n')}`)).toBeNull();
  });

  it.each([
    ...['- ', '- a\n', '- a\n\n', '> a\n', '# a\n', 'a\n=\n', 'a\n', '\n', '    a\n', '```\n', '<div>\n', '[a]: b\n'],
    ...[
      '[',
      '![[',
      '[a](',
      '[a][',
      '[^a]: ',
      '*a ',
      '*a **b ',
      '_a ',
      'a_',
      '~~a ',
      '`a ``b ',
      '\\*',
      '&a',
      '<a ',
      '<!-- ',
    ],
    ...['|', '|a', 'www.', 'http://', 'a@', '(', '\t- ', '-\r\n', 'a  \n'],
  ])('of nothing but %j comes to an end', (unit) => {
    for (const text of [filled(unit, 2 * SIZE), `[a]: b\n\n${filled(unit)}x`]) {
      const elements = markdownElements(text);
      const depth = elements === null ? 0 : deepest(html(text));
      expect(depth).toBeLessThanOrEqual(48);
    }
  });

  it('with brackets or pictures within each other comes to an end', () => {
    for (const text of [
      `${'['.repeat(6_000)}a${']'.repeat(6_000)}`,
      `${'!['.repeat(2_000)}a${'](b)'.repeat(2_000)}`,
      `${'> '.repeat(15)}a\n${filled('b\n', 40_000)}`,
    ]) {
      markdownElements(text);
    }
  });
});

/** How many elements lie within each other. */
function deepest(markup: string): number {
  let depth = 0;
  let most = 0;
  for (const [tag] of markup.matchAll(/<\/?[a-z]\w*[^>]*>/g)) {
    if (tag.startsWith('</')) depth -= 1;
    else if (!tag.endsWith('/>')) depth += 1;
    most = Math.max(most, depth);
  }
  return most;
}
