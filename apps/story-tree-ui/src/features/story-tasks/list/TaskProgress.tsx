'use client';

import { type StoryTaskOperation, UNSTOPPABLE_OPERATIONS } from '@story-tree/domain';
import CircleStop from 'lucide-react/icons/circle-stop';
import { useState } from 'react';
import { AlertDialog, Badge, Button, Progress } from '../../../components/index.ts';
import type { TaskSummary } from '../../../wire/index.ts';
import { progressTone, useCancelTask, useIsOperator } from '../../kit/index.ts';
import { useTask } from '../../live/index.ts';
import { currentStep } from '../model/currentStep.ts';

/** The progress of a waiting or running task, what it is doing, and a way to cancel it. */
export function TaskProgress({ task }: { task: TaskSummary }) {
  const { events } = useTask(task.id);
  return (
    <div className="space-y-2 px-3.5 pb-3">
      <div className="flex items-center gap-3">
        <Progress
          label={`Progress of ${task.displayFields.title}`}
          value={task.progress}
          tone={progressTone(task)}
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

/** What cancelling means, for tasks that cannot simply be continued later. */
const CONSEQUENCES: Partial<Record<StoryTaskOperation, string>> = {
  CONSTITUTION_CHAT_UPDATE: 'The answer that is being written is discarded, and the constitution stays as it is.',
};

/** Cancels a task after asking; then says that it is stopping. Nothing for a task that can no longer be cancelled. */
function CancelTask({ task }: { task: TaskSummary }) {
  const [isAsking, setAsking] = useState(false);
  const cancel = useCancelTask(() => setAsking(false));
  const isOperator = useIsOperator();
  if (task.status === 'running' && UNSTOPPABLE_OPERATIONS.includes(task.operation)) return null;
  if (task.cancelRequestedAt !== null) return <Badge tone="warn">Stopping</Badge>;
  if (!isOperator) return null;
  const { title } = task.displayFields;
  return (
    <>
      <Button
        size="small"
        variant="ghost"
        icon={CircleStop}
        aria-label={`Cancel: ${title}`}
        onClick={() => setAsking(true)}
        className="-my-1.5 -me-2"
      >
        Cancel
      </Button>
      <AlertDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Cancel “${title}”?`}
        confirmLabel="Cancel the task"
        cancelLabel="Keep it running"
        busy={cancel.isPending}
        onConfirm={() => cancel.mutate(task.id)}
      >
        <p>{consequence(task)}</p>
      </AlertDialog>
    </>
  );
}

function consequence({ status, operation }: TaskSummary): string {
  if (status === 'queued') return 'It has not started, so nothing is lost.';
  return (
    CONSEQUENCES[operation] ??
    'It stops at the next opportunity. What is finished is kept, and running it again continues from there.'
  );
}
