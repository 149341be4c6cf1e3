'use client';

import type { StoryTaskRequest } from '@story-tree/domain';
import { useStoryPage } from './storyContext.tsx';
import { useRefusalToast, useSubmitTask } from './useSubmitTask.ts';

/** Requests an operation on the page's story; a refusal is shown as a toast. */
export function useStoryAction(onAccepted?: () => void) {
  const { storyId } = useStoryPage();
  const { submit, isPending, error } = useSubmitTask();
  useRefusalToast(error);

  function submitForStory(request: StoryTaskRequest): void {
    void submit({ ...request, storyId }).then((taskId) => taskId !== null && onAccepted?.());
  }

  return { submit: submitForStory, isPending };
}
