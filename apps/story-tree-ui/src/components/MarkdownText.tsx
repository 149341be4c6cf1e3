import { createElement, useMemo } from 'react';
import { cx } from './cx.ts';
import { markdownElements } from './markdown.ts';

/** Renders Markdown. What would keep the page from answering is shown as it was written. */
export default function MarkdownText({ text, className }: { text: string; className?: string }) {
  const elements = useMemo(() => markdownElements(text), [text]);
  const properties = { dir: 'auto', className: cx('prose', elements === null && 'whitespace-pre-wrap', className) };
  // As arguments rather than as an array, they need no keys.
  return createElement('div', properties, ...(elements ?? [text]));
}
