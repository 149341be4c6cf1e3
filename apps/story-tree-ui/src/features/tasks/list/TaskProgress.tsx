'use client';

import { Progress } from '../../../components/index.ts';
import type { TaskSummary } from '../../../wire/index.ts';
import { useTask } from '../../live/index.ts';
import { currentStep } from '../model/currentStep.ts';
import { CancelTask } from './CancelTask.tsx';

/** How far a task is that waits or runs, what it does now, and the way to stop it. */
export function TaskProgress({ task }: { task: TaskSummary }) {
  const { events } = useTask(task.id);
  const isMoving = task.status === 'running' && task.cancelRequestedAt === null;
  return (
    <div className="space-y-2 px-3.5 pb-3">
      <div className="flex items-center gap-3">
        <Progress
          label={`Progress of ${task.displayFields.title}`}
          value={task.progress}
          tone={isMoving ? 'busy' : 'idle'}
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
  );
}
