'use client';

import { ESTIMATED, type EstimateFigures, figuresInWords } from '@story-tree/domain';
import { type ReactNode, useEffect } from 'react';
import { CopyButton, Duration, StatusBadge, shownStatus, useNow } from '../../../components/index.ts';
import type { TaskDetail, TaskSummary } from '../../../wire/index.ts';
import { isOver, type TaskEvent } from '../../live/index.ts';
import { taskTimes } from '../model/taskTimes.ts';

/** Status, times and id. The wait for a worker is shown apart from the work itself. */
export function TaskFacts({ task }: { task: TaskSummary }) {
  const now = useNow(1_000);
  const { waitedMs, ranMs } = taskTimes(task, now ?? Date.parse(task.createdAt));
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-2.5 text-sm sm:grid-cols-4">
      <Fact name="Status">
        <StatusBadge status={shownStatus(task)} stopping={task.cancelRequestedAt !== null} />
      </Fact>
      <Fact name="Requested">
        <time dateTime={task.createdAt}>{moment(task.createdAt, now)}</time>
      </Fact>
      <Fact name="Waited">
        <Duration milliseconds={waitedMs} />
      </Fact>
      <Fact name="Ran">{ranMs === null ? 'Not started' : <Duration milliseconds={ranMs} />}</Fact>
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

/** The estimate of a task, and what it took. */
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
  const estimate = estimateOf(events);
  const isOutdated = isOver(task) && detail.finishedAt === null;
  useEffect(() => {
    if (isOutdated) refetch();
  }, [isOutdated, refetch]);
  const { ranMs } = taskTimes(detail, Date.parse(detail.createdAt));
  const isSpent = detail.finishedAt !== null && ranMs !== null && detail.spent.calls > 0;
  if (estimate === null && !isSpent) return null;
  return (
    <dl className="grid gap-x-4 gap-y-2.5 text-sm sm:grid-cols-2">
      {estimate && <Fact name="Estimated">{figuresInWords(estimate)}</Fact>}
      {isSpent && <Fact name="Took">{figuresInWords({ ...detail.spent, durationMs: ranMs })}</Fact>}
    </dl>
  );
}

/** One fact about a task, within a list of facts. */
function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-ink-faint text-xs">{name}</dt>
      <dd className="mt-0.5 tabular-nums">{children}</dd>
    </div>
  );
}

/** The estimate of a task when it began, from its log; null when there was none. */
export function estimateOf(events: readonly Pick<TaskEvent, 'step' | 'payload'>[]): EstimateFigures | null {
  const payload = events.find(({ step }) => step === ESTIMATED)?.payload;
  if (!payload) return null;
  const { calls, costUsd, durationMs } = payload;
  if (typeof calls !== 'number' || typeof durationMs !== 'number') return null;
  return { calls, costUsd: typeof costUsd === 'number' ? costUsd : null, durationMs };
}
