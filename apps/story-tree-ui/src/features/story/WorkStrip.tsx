'use client';

import { UNSTOPPABLE_OPERATIONS } from '@story-tree/domain';
import CircleStop from 'lucide-react/icons/circle-stop';
import { Button, Elapsed, IconButton, Progress, StatusBadge, shownStatus } from '../../components/index.ts';
import { openTaskDrawer, progressTone, useCancelTask, useIsOperator, useStoryWork } from '../kit/index.ts';

/** The task that holds the story, as far as it has come, with the way to its log and the way to end it. */
export function WorkStrip() {
  const { task, latest } = useStoryWork();
  const cancel = useCancelTask();
  const isOperator = useIsOperator();
  if (task === null) return null;
  const { id, displayFields, status, progress, startedAt, cancelRequestedAt } = task;
  const isStopping = cancelRequestedAt !== null;
  const canStop =
    isOperator && !isStopping && (status === 'queued' || !UNSTOPPABLE_OPERATIONS.includes(task.operation));
  return (
    <section
      aria-label="Task in progress"
      className="animate-arrive space-y-2 rounded-card border border-line bg-sheet px-4 py-3 shadow-card"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <StatusBadge status={shownStatus(task)} stopping={isStopping} />
        <span className="font-medium">{displayFields.title}</span>
        <span dir="auto" className="min-w-0 flex-1 basis-40 truncate text-ink-soft">
          {latest?.message ?? displayFields.detail}
        </span>
        {startedAt && (
          <span className="text-ink-soft tabular-nums">
            <Elapsed since={startedAt} /> · {progress} %
          </span>
        )}
        <span className="-my-1 flex items-center gap-1">
          <Button size="small" variant="ghost" onClick={() => openTaskDrawer(id)}>
            Details
          </Button>
          {canStop && (
            <IconButton
              label="Cancel this task"
              icon={CircleStop}
              size="small"
              loading={cancel.isPending}
              onClick={() => cancel.mutate(id)}
            />
          )}
        </span>
      </div>
      <Progress label={displayFields.title} value={progress} tone={progressTone(task)} hideLabel />
    </section>
  );
}
