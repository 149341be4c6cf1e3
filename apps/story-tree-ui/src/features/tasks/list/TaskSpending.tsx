'use client';

import { figuresInWords } from '@story-tree/domain';
import { useEffect } from 'react';
import type { TaskDetail, TaskSummary } from '../../../wire/index.ts';
import { isOver, type TaskEvent } from '../../live/index.ts';
import { foreseenOf } from '../model/estimated.ts';
import { taskTimes } from '../model/taskTimes.ts';
import { Fact } from './Fact.tsx';

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
