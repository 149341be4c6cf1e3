'use client';

import { CopyButton, Duration, StatusBadge, useNow } from '../../../components/index.ts';
import type { TaskSummary } from '../../../wire/index.ts';
import { taskTimes } from '../model/taskTimes.ts';
import { Fact } from './Fact.tsx';

/** Status, times and id. The wait for a worker stands apart from the work itself. */
export function TaskFacts({ task }: { task: TaskSummary }) {
  const now = useNow(1_000);
  const { waitedMs, ranMs } = taskTimes(task, now ?? Date.parse(task.createdAt));
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-2.5 text-sm sm:grid-cols-4">
      <Fact name="Status">
        <StatusBadge status={task.status} stopping={task.cancelRequestedAt !== null} />
      </Fact>
      <Fact name="Asked for">
        <time dateTime={task.createdAt}>{moment(task.createdAt, now)}</time>
      </Fact>
      <Fact name="In the queue">
        <Duration milliseconds={waitedMs} />
      </Fact>
      <Fact name="At work">{ranMs === null ? 'Not begun' : <Duration milliseconds={ranMs} />}</Fact>
      <div className="col-span-full flex items-center gap-1">
        <dt className="text-ink-faint text-xs">Id</dt>
        <dd className="flex min-w-0 items-center">
          <code className="truncate font-mono text-ink-soft text-xs">{task.id}</code>
          <CopyButton iconOnly label="Copy the id" text={task.id} />
        </dd>
      </div>
    </dl>
  );
}

/** The time, with the day unless that is today. */
function moment(text: string, now: number | null): string {
  const asked = new Date(text);
  const isToday = now !== null && asked.toDateString() === new Date(now).toDateString();
  const time = asked.toLocaleTimeString('en-GB');
  return isToday ? time : `${asked.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })}, ${time}`;
}
