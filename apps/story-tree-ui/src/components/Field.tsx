'use client';

import { createContext, type ReactNode, use, useId } from 'react';

interface FieldContext {
  id: string;
  describedBy: string | undefined;
  invalid: boolean;
  required: boolean;
}

const Context = createContext<FieldContext | null>(null);

/** What a control inside a {@link Field} needs to be tied to its label, hint and error. */
export function useFieldControl() {
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
  /** A sentence; shown in place of the hint, and told to screen readers when it comes. */
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
