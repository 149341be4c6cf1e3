'use client';

import type { OperationRequest } from '@story-tree/domain';
import { useEffect } from 'react';
import { toast } from '../../components/index.ts';
import { useStoryPage } from './storyContext.tsx';
import { useSubmitTask } from './useSubmitTask.ts';

/** Requests an operation on the page's story; a refusal is shown as a toast. */
export function useStoryAction(onAccepted?: () => void) {
  const { storyId } = useStoryPage();
  const { submit, isPending, error } = useSubmitTask();
  useEffect(() => {
    if (error) toast.error('The request was refused', { description: error.message });
  }, [error]);

  function submitForStory(request: OperationRequest): void {
    void submit({ ...request, storyId }).then((taskId) => taskId !== null && onAccepted?.());
  }

  return { submit: submitForStory, isPending };
}
