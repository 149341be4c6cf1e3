'use client';

import ChevronDown from 'lucide-react/icons/chevron-down';
import { type ComponentProps, createContext, type ReactNode, use, useId } from 'react';
import { cx } from './cx.ts';

interface FieldContext {
  id: string;
  describedBy: string | undefined;
  invalid: boolean;
  required: boolean;
}

const Context = createContext<FieldContext | null>(null);

/** What links a control inside a {@link Field} to its label, hint and error. */
function useFieldControl() {
  const field = use(Context);
  if (!field) return {};
  return {
    id: field.id,
    ...(field.describedBy ? { 'aria-describedby': field.describedBy } : {}),
    ...(field.invalid ? { 'aria-invalid': true } : {}),
    ...(field.required ? { 'aria-required': true } : {}),
  };
}

/** A label over a control, a hint below it, and what is wrong with it. */
export function Field({
  label,
  hint,
  error,
  optional = false,
  required = false,
  hideLabel = false,
  aside,
  children,
}: {
  label: string;
  hint?: ReactNode;
  /** A sentence; shown in place of the hint, and announced when it appears. */
  error?: string | null | undefined;
  optional?: boolean;
  required?: boolean;
  hideLabel?: boolean;
  /** At the end of the label's line. */
  aside?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  const note = error ? `${id}-error` : hint ? `${id}-hint` : undefined;
  return (
    <Context value={{ id, describedBy: note, invalid: Boolean(error), required }}>
      <div>
        <div className={hideLabel ? 'sr-only' : 'mb-1.5 flex items-baseline justify-between gap-3'}>
          <label htmlFor={id} className="font-medium text-sm">
            {label}
            {optional && <span className="font-normal text-ink-faint"> (optional)</span>}
          </label>
          {aside && <span className="text-ink-faint text-xs">{aside}</span>}
        </div>
        {children}
        <div aria-live="polite">
          {error && (
            <p id={`${id}-error`} className="mt-1.5 text-bad text-sm">
              {error}
            </p>
          )}
        </div>
        {hint && !error && (
          <p id={`${id}-hint`} className="mt-1.5 text-ink-soft text-xs">
            {hint}
          </p>
        )}
      </div>
    </Context>
  );
}

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

/** A choice of a few; the browser's own list, which works well on every device. */
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
