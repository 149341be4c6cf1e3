'use client';

import { ESTIMATED, type EstimateFigures, figuresInWords } from '@story-tree/domain';
import { type ReactNode, useEffect } from 'react';
import { CopyButton, Duration, StatusBadge, useNow } from '../../../components/index.ts';
import type { TaskDetail, TaskSummary } from '../../../wire/index.ts';
import { isOver, type TaskEvent } from '../../live/index.ts';
import { taskTimes } from '../model/taskTimes.ts';

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

/** What a task was going to take, and what it took. */
export function TaskSpending({
  task,
  detail,
  events,
  refetch,
}: {
  task: TaskSummary;
  detail: TaskDetail;
  events: readonly TaskEvent[];
  refetch(): void;
}) {
  const foreseen = foreseenOf(events);
  const isOutdated = isOver(task) && detail.finishedAt === null;
  useEffect(() => {
    if (isOutdated) refetch();
  }, [isOutdated, refetch]);
  const { ranMs } = taskTimes(detail, Date.parse(detail.createdAt));
  const isSpent = detail.finishedAt !== null && ranMs !== null && detail.spent.calls > 0;
  if (foreseen === null && !isSpent) return null;
  return (
    <dl className="grid gap-x-4 gap-y-2.5 text-sm sm:grid-cols-2">
      {foreseen && <Fact name="Estimated">{figuresInWords(foreseen)}</Fact>}
      {isSpent && <Fact name="Took">{figuresInWords({ ...detail.spent, durationMs: ranMs })}</Fact>}
    </dl>
  );
}

/** One thing that is known of a task, within a list of such. */
function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-ink-faint text-xs">{name}</dt>
      <dd className="mt-0.5 tabular-nums">{children}</dd>
    </div>
  );
}

/** What was foreseen of a task when it began, by its log; null when nothing was. */
export function foreseenOf(events: readonly Pick<TaskEvent, 'step' | 'payload'>[]): EstimateFigures | null {
  const payload = events.find(({ step }) => step === ESTIMATED)?.payload;
  if (!payload) return null;
  const { calls, costUsd, durationMs } = payload;
  if (typeof calls !== 'number' || typeof durationMs !== 'number') return null;
  return { calls, costUsd: typeof costUsd === 'number' ? costUsd : null, durationMs };
}
