import { type ReactNode, useId } from 'react';
import { cx } from '../../components/index.ts';

/** A part of a tab under a heading. */
export function Section({
  title,
  note,
  actions,
  children,
}: {
  title: string;
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <div className="mb-4 flex flex-wrap items-end justify-between gap-3">
        <div className="min-w-0">
          <h2 id={id} className="text-xl">
            {title}
          </h2>
          {note && <p className="mt-0.5 text-ink-soft text-sm">{note}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}

/** A region that scrolls by itself, also by keyboard. */
export function Scrollable({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys scroll what has the focus
    <section aria-label={label} tabIndex={0} className={cx('overflow-auto', className)}>
      {children}
    </section>
  );
}
