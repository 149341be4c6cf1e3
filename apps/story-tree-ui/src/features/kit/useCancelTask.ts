'use client';

import { useMutation } from '@tanstack/react-query';
import { toast } from '../../components/index.ts';
import type { TaskSummary } from '../../wire/index.ts';
import { type ApiError, api } from '../client/index.ts';
import { useLiveHub } from '../live/index.ts';
import { announce } from './announce.ts';

/** Cancels a waiting task, or asks a running one to stop. The server's response shows at once. */
export function useCancelTask(onDone?: () => void) {
  const { store } = useLiveHub();
  return useMutation<{ task: TaskSummary }, ApiError, string>({
    mutationFn: (taskId) => api.post(`/api/story-tasks/${encodeURIComponent(taskId)}/cancel`, {}),
    onSuccess: ({ task }) => {
      store.add([task]);
      if (task.status === 'running') announce('Stopping at the next opportunity.');
    },
    onError: (error) => {
      // It ended first, which shows by itself.
      if (error.code !== 'task_ended') toast.error('The task could not be cancelled', { description: error.message });
    },
    onSettled: () => onDone?.(),
  });
}
