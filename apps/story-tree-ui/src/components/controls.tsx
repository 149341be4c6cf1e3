'use client';

import ChevronDown from 'lucide-react/icons/chevron-down';
import type { ComponentProps } from 'react';
import { cx } from './cx.ts';
import { useFieldControl } from './Field.tsx';

const CONTROL =
  'w-full rounded-control border border-line-strong bg-raised px-3 text-base text-ink transition-colors hover:border-ink-faint focus-visible:border-accent focus-visible:outline-offset-0 aria-invalid:border-bad disabled:opacity-55 sm:text-sm';

/** One line of text. */
export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input {...useFieldControl()} {...rest} className={cx(CONTROL, 'h-10', className)} />;
}

/** Several lines of text; grows with what is written, up to its largest height. */
export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      rows={4}
      {...useFieldControl()}
      {...rest}
      className={cx(CONTROL, 'field-sizing-content max-h-96 min-h-24 resize-y py-2.5 leading-relaxed', className)}
    />
  );
}

/** One of a few; the browser's own list, which every device knows how to show. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <span className="relative block">
      <select {...useFieldControl()} {...rest} className={cx(CONTROL, 'h-10 appearance-none pe-9', className)}>
        {children}
      </select>
      <ChevronDown size={16} className="pointer-events-none absolute end-3 top-3 text-ink-faint" />
    </span>
  );
}
