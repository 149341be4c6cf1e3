import type { ReactNode } from 'react';

/** A key to press. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex min-w-5 items-center justify-center rounded border border-line-strong bg-raised px-1.5 font-mono text-[0.7rem] text-ink-soft leading-5">
      {children}
    </kbd>
  );
}
