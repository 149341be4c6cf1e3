'use client';

import { Duration, RelativeTime } from '../../../components/index.ts';
import type { TaskSummary } from '../../../wire/index.ts';
import { useTask } from '../../live/index.ts';
import { TaskFailure } from '../failure/TaskFailure.tsx';
import { taskTimes } from '../model/taskTimes.ts';
import { TaskRow } from './TaskRow.tsx';

/** A task that is over, in one line: how long it took, and when that was. */
export function EndedTask({ task }: { task: TaskSummary }) {
  return <TaskRow task={task} aside={<Ending task={task} />} />;
}

/** A failure that nobody has dealt with: what to do stands below its line. */
export function FailedTask({ task }: { task: TaskSummary }) {
  const { detail, events } = useTask(task.id);
  return (
    <TaskRow task={task} aside={<Ending task={task} />}>
      <div className="px-3.5 pb-3.5">
        <TaskFailure task={task} detail={detail} events={events} />
      </div>
    </TaskRow>
  );
}

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
