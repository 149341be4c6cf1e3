import type { ReactNode } from 'react';
import { cx } from '../../components/index.ts';

/** A place that scrolls by itself, also for those who only have keys. */
export function Scrollable({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys scroll what has the focus
    <section aria-label={label} tabIndex={0} className={cx('overflow-auto', className)}>
      {children}
    </section>
  );
}
