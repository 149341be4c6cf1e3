'use client';

import RotateCw from 'lucide-react/icons/rotate-cw';
import { useEffect } from 'react';
import { Button, toast } from '../../../components/index.ts';
import type { TaskDetail } from '../../../wire/index.ts';
import { openTaskDrawer, useSubmitTask } from '../../kit/index.ts';
import type { TaskEvent } from '../../live/index.ts';
import { retryRequest } from '../model/retryRequest.ts';

/** Asks for a task once more, as a request of its own. */
export function RetryTask({
  detail,
  events,
  label,
}: {
  detail: TaskDetail;
  events: readonly TaskEvent[];
  label: string;
}) {
  const { submit, isPending, error } = useSubmitTask();
  useEffect(() => {
    if (error) toast.error('This was refused', { description: error.message });
  }, [error]);
  const request = retryRequest(detail, events);
  if (request === null) return null;
  return (
    <Button
      size="small"
      icon={RotateCw}
      loading={isPending}
      onClick={() => void submit(request).then((taskId) => taskId && openTaskDrawer(taskId))}
    >
      {label}
    </Button>
  );
}
