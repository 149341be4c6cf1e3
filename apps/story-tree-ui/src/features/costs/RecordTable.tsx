import type { ReactNode } from 'react';
import { cx } from '../../components/index.ts';
import { Scrollable } from '../kit/index.ts';

/** The classes of a cell in such a table. */
export const CELL = 'py-2 pe-4 text-start align-top';

/** A table with one row per record. The children are its rows. */
export function RecordTable({
  label,
  columns,
  className,
  children,
}: {
  label: string;
  columns: readonly string[];
  /** Its minimum width. */
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
