'use client';

import { Elapsed, Progress } from '../../../components/index.ts';
import type { TaskSummary } from '../../../wire/index.ts';
import { useTask } from '../../live/index.ts';
import { currentStep } from '../model/currentStep.ts';
import { CancelTask } from './CancelTask.tsx';
import { TaskRow } from './TaskRow.tsx';

/** A task that waits or runs: how far it is, what it does now, for how long already. */
export function ActiveTask({ task }: { task: TaskSummary }) {
  const { events } = useTask(task.id);
  const { title } = task.displayFields;
  return (
    <TaskRow task={task} aside={<Elapsed since={task.startedAt ?? task.createdAt} />}>
      <div className="space-y-2 px-3.5 pb-3">
        <div className="flex items-center gap-3">
          <Progress
            label={`Progress of ${title}`}
            value={task.progress}
            tone={task.status === 'queued' || task.cancelRequestedAt ? 'idle' : 'busy'}
            hideLabel
          />
          <span aria-hidden="true" className="w-9 shrink-0 text-end text-ink-soft text-xs tabular-nums">
            {task.progress} %
          </span>
        </div>
        <div className="flex items-start gap-3">
          <p dir="auto" className="line-clamp-2 min-w-0 flex-1 text-ink-soft text-sm leading-snug">
            {currentStep(task, events)}
          </p>
          <CancelTask task={task} />
        </div>
      </div>
    </TaskRow>
  );
}
