import MarkdownIt from 'markdown-it';
import { createElement, type ReactNode, useMemo } from 'react';
import { cx } from './cx.ts';

/** Renders Markdown. What would block the page is shown as it was written. */
export default function MarkdownText({ text, className }: { text: string; className?: string }) {
  const elements = useMemo(() => markdownElements(text), [text]);
  const properties = { dir: 'auto', className: cx('prose', elements === null && 'whitespace-pre-wrap', className) };
  // As arguments rather than as an array, they need no keys.
  return createElement('div', properties, ...(elements ?? [text]));
}

/**
 * What a page can show without blocking: far more than any text that is meant to be read has. Levels count
 * a list as two, itself and its item.
 */
const MAX_CHARACTERS = 50_000;
const MAX_LEVELS = 24;
const MAX_PARTS = 20_000;

const LINK_PROTOCOLS = ['http:', 'https:', 'mailto:'];

const parser = new MarkdownIt({ html: false, maxNesting: MAX_LEVELS });
// What a link may lead to is decided below; anything else shows its text.
parser.validateLink = () => true;

type Token = ReturnType<typeof parser.parse>[number];

/** An element that is not complete yet. */
interface OpenElement {
  tag: string;
  properties: Record<string, unknown>;
  children: ReactNode[];
}

/**
 * Markdown with tables as elements. HTML in it stays text.
 * @returns null for what is too long, too deep or in too many parts to be shown so
 */
export function markdownElements(text: string): readonly ReactNode[] | null {
  if (text.length > MAX_CHARACTERS) return null;
  const tokens = parser.parse(text, {}).flatMap((token) => (token.type === 'inline' ? inlineTokens(token) : [token]));
  // The parser leaves out what is nested deeper than it may go.
  if (tokens.length > MAX_PARTS || tokens.some(({ level }) => level >= MAX_LEVELS - 1)) return null;
  return elements(tokens);
}

function inlineTokens({ children }: Token): Token[] {
  return children ?? [];
}

function elements(tokens: readonly Token[]): readonly ReactNode[] {
  const whole: ReactNode[] = [];
  const open: OpenElement[] = [];
  for (const token of tokens) {
    if (token.hidden) continue;
    if (token.nesting === 1) {
      open.push({ ...beginning(token), children: [] });
      continue;
    }
    const siblings = () => open.at(-1)?.children ?? whole;
    if (token.nesting === 0) {
      siblings().push(leaf(token));
      continue;
    }
    const element = open.pop();
    if (element) siblings().push(createElement(element.tag, element.properties, ...element.children));
  }
  return whole;
}

function beginning(token: Token): Omit<OpenElement, 'children'> {
  if (token.type === 'link_open') return link(String(token.attrGet('href')));
  const start = token.attrGet('start');
  return { tag: token.tag, properties: start === null ? {} : { start: Number(start) } };
}

function link(href: string): Omit<OpenElement, 'children'> {
  const isSafe = href.startsWith('#') || (URL.canParse(href) && LINK_PROTOCOLS.includes(new URL(href).protocol));
  if (!isSafe) return { tag: 'span', properties: {} };
  return { tag: 'a', properties: { href, target: '_blank', rel: 'noopener noreferrer nofollow' } };
}

function leaf({ type, tag, content, children }: Token): ReactNode {
  switch (type) {
    case 'softbreak':
      return '\n';
    case 'hardbreak':
    case 'hr':
      return createElement(tag);
    case 'code_inline':
      return createElement('code', {}, content);
    case 'fence':
    case 'code_block':
      return createElement('pre', {}, createElement('code', {}, content));
    case 'image':
      // Foreign pictures would tell their host who is reading: only their alternative text is kept.
      return createElement('span', {}, children?.map((part) => part.content).join(''));
    default:
      return content;
  }
}
