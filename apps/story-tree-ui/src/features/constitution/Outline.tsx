'use client';

import { cx } from '../../components/index.ts';
import type { Heading } from './useHeadings.ts';

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
