import type { ReactNode } from 'react';
import { cx } from './cx.ts';

const WIDTHS = { text: 'max-w-3xl', normal: 'max-w-6xl', full: 'max-w-none' };

/** The column of a page's content. */
export function PageBody({
  width = 'normal',
  className,
  children,
}: {
  width?: keyof typeof WIDTHS;
  className?: string;
  children: ReactNode;
}) {
  return <div className={cx('mx-auto w-full px-4 py-8 sm:px-6 sm:py-10', WIDTHS[width], className)}>{children}</div>;
}
