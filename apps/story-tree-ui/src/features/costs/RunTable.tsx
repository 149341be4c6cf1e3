'use client';

import { dollars, timeInWords } from '@story-tree/domain';
import { Duration, Money, RelativeTime } from '../../components/index.ts';
import type { RunLine, StoryCosts } from '../../wire/index.ts';
import { CELL, RecordTable } from './RecordTable.tsx';

/** What each run of a story took, next to its estimate. */
export function RunTable({ runs }: Pick<StoryCosts, 'runs'>) {
  return (
    <RecordTable label="Runs" columns={['Run', 'Calls', 'Cost', 'Took', 'When']} className="min-w-xl">
      {runs.map((run) => (
        <RunRow key={run.runId} run={run} />
      ))}
    </RecordTable>
  );
}

function RunRow({ run: { title, startedAt, durationMs, calls, costUsd, estimated: estimate } }: { run: RunLine }) {
  return (
    <tr className="border-line border-t">
      <th scope="row" className={`${CELL} font-medium`}>
        {title ?? 'Command line'}
      </th>
      <td className={`${CELL} tabular-nums`}>
        {calls}
        <Estimated words={estimate && `${estimate.calls}`} />
      </td>
      <td className={CELL}>
        <Money usd={costUsd} />
        <Estimated words={estimate && dollars(estimate.costUsd)} />
      </td>
      <td className={CELL}>
        <Duration milliseconds={durationMs} />
        <Estimated words={estimate && timeInWords(estimate.durationMs)} />
      </td>
      <td className={`${CELL} whitespace-nowrap text-ink-soft`}>
        <RelativeTime at={startedAt} />
      </td>
    </tr>
  );
}

function Estimated({ words }: { words: string | null }) {
  return words === null ? null : <span className="block text-ink-faint text-xs">estimated {words}</span>;
}
