'use client';

import type { StoryTaskRequest } from '@story-tree/domain';
import { useEffect } from 'react';
import { toast } from '../../components/index.ts';
import { useSubmitTask } from '../stories/index.ts';
import { useStoryPage } from './storyContext.ts';

/** Asks for something to be done to the page's story; a refusal is told as it comes. */
export function useStoryAction(onAccepted?: () => void) {
  const { storyId } = useStoryPage();
  const { submit, isPending, error } = useSubmitTask();
  useEffect(() => {
    if (error) toast.error('This was refused', { description: error.message });
  }, [error]);

  function submitForStory(request: StoryTaskRequest): void {
    void submit({ ...request, storyId }).then((taskId) => taskId !== null && onAccepted?.());
  }

  return { submit: submitForStory, isPending };
}
