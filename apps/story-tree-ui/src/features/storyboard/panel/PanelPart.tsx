import { type ReactNode, useId } from 'react';

/** A part of the panel under a small heading. */
export function PanelPart({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="mb-2 font-sans font-semibold text-ink-faint text-xs uppercase tracking-wider">
        {title}
      </h3>
      {children}
    </section>
  );
}
