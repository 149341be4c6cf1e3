import type { ComponentProps } from 'react';
import { cx } from './cx.ts';

/** A raised surface on the page. */
export function Card({ className, ...rest }: ComponentProps<'div'>) {
  return <div {...rest} className={cx('rounded-card border border-line bg-sheet shadow-card', className)} />;
}
