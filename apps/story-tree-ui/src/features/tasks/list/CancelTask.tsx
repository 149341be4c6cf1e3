'use client';

import { type StoryTaskOperation, UNSTOPPABLE_OPERATIONS } from '@story-tree/domain';
import CircleStop from 'lucide-react/icons/circle-stop';
import { useState } from 'react';
import { AlertDialog, Badge, Button } from '../../../components/index.ts';
import type { TaskSummary } from '../../../wire/index.ts';
import { useCancelTask } from '../../kit/index.ts';

/** What stopping means, for what is not simply gone on with later. */
const CONSEQUENCES: Partial<Record<StoryTaskOperation, string>> = {
  CONSTITUTION_CHAT_UPDATE: 'The answer that is being written is dropped, and the constitution stays as it is.',
};

/** Cancels a task after a question; then says that it is about to stop. Nothing for one that is carried out. */
export function CancelTask({ task }: { task: TaskSummary }) {
  const [isAsking, setAsking] = useState(false);
  const cancel = useCancelTask(() => setAsking(false));
  if (task.status === 'running' && UNSTOPPABLE_OPERATIONS.includes(task.operation)) return null;
  if (task.cancelRequestedAt !== null) return <Badge tone="warn">Stopping</Badge>;
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
        cancelLabel="Let it go on"
        busy={cancel.isPending}
        onConfirm={() => cancel.mutate(task.id)}
      >
        <p>{consequence(task)}</p>
      </AlertDialog>
    </>
  );
}

function consequence({ status, operation }: TaskSummary): string {
  if (status === 'queued') return 'It has not begun, so nothing is lost.';
  return (
    CONSEQUENCES[operation] ??
    'It stops at the next opportunity. What is finished is kept, and when you run it again it goes on from there.'
  );
}
