'use client';

import { type RefObject, useEffect, useState } from 'react';
import { cx } from '../../components/index.ts';

const INDENT: Record<number, string> = { 1: 'ps-3', 2: 'ps-3', 3: 'ps-7' };

/** The headings of the text, to jump to. */
export function Outline({ headings }: { headings: readonly Heading[] }) {
  if (headings.length < 2) return null;
  return (
    <nav aria-labelledby="outline-title">
      <h2 id="outline-title" className="mb-2 text-base">
        Outline
      </h2>
      <ul className="border-line border-s text-sm">
        {headings.map(({ id, text, level }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              dir="auto"
              className={cx(
                '-ms-px block border-transparent border-s py-1 pe-2 text-ink-soft transition-colors hover:border-accent hover:text-ink',
                INDENT[level],
                level === 1 && 'font-medium text-ink',
              )}
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface Heading {
  id: string;
  text: string;
  /** From 1. */
  level: number;
}

/**
 * The headings of a text that is shown inside an element, each with an id to jump to. Follows the text as it changes.
 */
export function useHeadings(container: RefObject<HTMLElement | null>): readonly Heading[] {
  const [headings, setHeadings] = useState<readonly Heading[]>([]);
  useEffect(() => {
    const element = container.current;
    if (element === null) return;
    let isArriving = window.location.hash !== '';
    const read = () => {
      const found = readHeadings(element);
      setHeadings((known) => unlessSame(known, found));
      // The target of the address did not exist yet when the browser looked for it.
      const target = isArriving && document.getElementById(window.location.hash.slice(1));
      if (!target) return;
      isArriving = false;
      target.scrollIntoView();
    };
    // The Markdown renderer is loaded on demand.
    const observer = new MutationObserver(read);
    observer.observe(element, { childList: true, subtree: true, characterData: true });
    read();
    return () => observer.disconnect();
  }, [container]);
  return headings;
}

function readHeadings(element: HTMLElement): Heading[] {
  return [...element.querySelectorAll<HTMLElement>('h1, h2, h3')].map((heading, index) => {
    const id = `section-${index + 1}`;
    heading.id = id;
    return { id, text: heading.textContent ?? '', level: Number(heading.tagName.slice(1)) };
  });
}

function unlessSame(known: readonly Heading[], next: readonly Heading[]): readonly Heading[] {
  return JSON.stringify(known) === JSON.stringify(next) ? known : next;
}
