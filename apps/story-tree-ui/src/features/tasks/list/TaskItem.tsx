'use client';

import { Duration, Elapsed, RelativeTime } from '../../../components/index.ts';
import type { TaskSummary } from '../../../wire/index.ts';
import { isOver, useTask } from '../../live/index.ts';
import { taskTimes } from '../model/taskTimes.ts';
import { TaskFailure } from './TaskFailure.tsx';
import { TaskProgress } from './TaskProgress.tsx';
import { TaskRow } from './TaskRow.tsx';
import { useTaskList } from './taskListContext.ts';

/** One task through all of its life: what is opened of it stays open when it ends. */
export function TaskItem({ task }: { task: TaskSummary }) {
  const { needsAttention } = useTaskList();
  if (!isOver(task)) {
    return (
      <TaskRow task={task} aside={<Elapsed since={task.startedAt ?? task.createdAt} />}>
        <TaskProgress task={task} />
      </TaskRow>
    );
  }
  return (
    <TaskRow task={task} aside={<Ending task={task} />}>
      {needsAttention(task.id) && <OpenFailure task={task} />}
    </TaskRow>
  );
}

/** How long an ended task took, and when that was. */
function Ending({ task }: { task: TaskSummary }) {
  const end = task.finishedAt ?? task.createdAt;
  const { ranMs } = taskTimes(task, Date.parse(end));
  return (
    <>
      <span className="block">{ranMs === null ? 'not begun' : <Duration milliseconds={ranMs} />}</span>
      <span className="mt-0.5 block text-ink-faint leading-snug">
        <RelativeTime at={end} />
      </span>
    </>
  );
}

/** A failure that nobody has dealt with: what to do about it shows without a click. */
function OpenFailure({ task }: { task: TaskSummary }) {
  const { detail, events } = useTask(task.id);
  return (
    <div className="px-3.5 pb-3.5">
      <TaskFailure task={task} detail={detail} events={events} />
    </div>
  );
}
