'use client';

import { Money } from '../../components/index.ts';
import type { StoryCosts } from '../../wire/index.ts';

/** What each workflow task has cost, as a table whose rows are bars as well. */
export function TaskCosts({ tasks }: Pick<StoryCosts, 'tasks'>) {
  const shares = barShares(tasks);
  const isFree = tasks.every(({ costUsd }) => costUsd === 0);
  return (
    <table className="w-full text-sm">
      <thead className="text-ink-faint text-xs">
        <tr>
          <th scope="col" className="pb-2 text-start font-normal">
            Task
          </th>
          <th scope="col" className="hidden pb-2 text-start font-normal sm:table-cell">
            {isFree ? 'Share of calls' : 'Share of cost'}
          </th>
          <th scope="col" className="pb-2 text-end font-normal">
            Calls
          </th>
          <th scope="col" className="pb-2 text-end font-normal">
            Cost
          </th>
        </tr>
      </thead>
      <tbody>
        {tasks.map(({ workflowTask, title, calls, costUsd }, index) => (
          <tr key={workflowTask} className="border-line border-t">
            <th scope="row" className="py-2.5 pe-4 text-start font-medium">
              {title}
            </th>
            <td className="hidden w-1/2 pe-4 sm:table-cell">
              <div aria-hidden="true" className="h-2.5 rounded-full bg-sunken">
                <div className="h-full rounded-full bg-accent-fill" style={{ width: `${shares[index] ?? 0}%` }} />
              </div>
            </td>
            <td className="py-2.5 ps-4 text-end tabular-nums">{calls}</td>
            <td className="py-2.5 ps-4 text-end">
              <Money usd={costUsd} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/**
 * The length of each bar, in percent of the longest: by cost, or by calls where nothing has cost anything. A bar above
 * zero is never too short to be seen.
 */
export function barShares(tasks: readonly { calls: number; costUsd: number }[]): number[] {
  const byCost = tasks.some(({ costUsd }) => costUsd > 0);
  const sizes = tasks.map(({ calls, costUsd }) => (byCost ? costUsd : calls));
  const largest = Math.max(...sizes);
  return sizes.map((size) => (size === 0 ? 0 : Math.max(LEAST_PERCENT, (100 * size) / largest)));
}

const LEAST_PERCENT = 1.5;
