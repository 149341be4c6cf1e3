'use client';

import { dollars, timeInWords } from '@story-tree/domain';
import { Duration, Money, RelativeTime } from '../../components/index.ts';
import type { RunLine, StoryCosts } from '../../wire/index.ts';
import { Scrollable } from '../story/Scrollable.tsx';

const CELL = 'py-2 pe-4 text-start align-top';

/** What each run of a story took, beside what was foreseen when it began. */
export function RunTable({ runs }: Pick<StoryCosts, 'runs'>) {
  return (
    <Scrollable label="Runs">
      <table className="w-full min-w-xl text-sm">
        <thead className="text-ink-faint text-xs">
          <tr>
            {['Run', 'Calls', 'Cost', 'Took', 'When'].map((name) => (
              <th key={name} scope="col" className={`${CELL} font-normal`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunRow key={run.runId} run={run} />
          ))}
        </tbody>
      </table>
    </Scrollable>
  );
}

function RunRow({ run: { title, startedAt, durationMs, calls, costUsd, foreseen } }: { run: RunLine }) {
  return (
    <tr className="border-line border-t">
      <th scope="row" className={`${CELL} font-medium`}>
        {title ?? 'Command line'}
      </th>
      <td className={`${CELL} tabular-nums`}>
        {calls}
        <Foreseen words={foreseen && `${foreseen.calls}`} />
      </td>
      <td className={CELL}>
        <Money usd={costUsd} />
        <Foreseen words={foreseen && (foreseen.costUsd === null ? 'unknown' : dollars(foreseen.costUsd))} />
      </td>
      <td className={CELL}>
        <Duration milliseconds={durationMs} />
        <Foreseen words={foreseen && timeInWords(foreseen.durationMs)} />
      </td>
      <td className={`${CELL} whitespace-nowrap text-ink-soft`}>
        <RelativeTime at={startedAt} />
      </td>
    </tr>
  );
}

function Foreseen({ words }: { words: string | null }) {
  return words === null ? null : <span className="block text-ink-faint text-xs">estimated {words}</span>;
}
