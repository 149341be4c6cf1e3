import type { ReactNode } from 'react';
import { cx } from '../../components/index.ts';
import { Scrollable } from '../kit/index.ts';

/** How a cell of such a table is set. */
export const CELL = 'py-2 pe-4 text-start align-top';

/** A table of what has happened, a row each. The children are its rows. */
export function RecordTable({
  label,
  columns,
  className,
  children,
}: {
  label: string;
  columns: readonly string[];
  /** How wide it is at least. */
  className: string;
  children: ReactNode;
}) {
  return (
    <Scrollable label={label}>
      <table className={cx('w-full text-sm', className)}>
        <thead className="text-ink-faint text-xs">
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col" className={`${CELL} font-normal`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </Scrollable>
  );
}
