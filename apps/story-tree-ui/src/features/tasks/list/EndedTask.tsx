'use client';

import { Duration, RelativeTime } from '../../../components/index.ts';
import type { TaskSummary } from '../../../wire/index.ts';
import { taskTimes } from '../model/taskTimes.ts';
import { TaskRow } from './TaskRow.tsx';

/** A task that is over, in one line: how long it took, and when that was. */
export function EndedTask({ task }: { task: TaskSummary }) {
  const end = task.finishedAt ?? task.createdAt;
  const { ranMs } = taskTimes(task, Date.parse(end));
  return (
    <TaskRow
      task={task}
      aside={
        <>
          <span className="block">{ranMs === null ? 'not begun' : <Duration milliseconds={ranMs} />}</span>
          <span className="mt-0.5 block text-ink-faint leading-snug">
            <RelativeTime at={end} />
          </span>
        </>
      }
    />
  );
}
