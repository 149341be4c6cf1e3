'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useStoryTasks } from '../live/index.ts';

/**
 * Whether the story is being deleted, or was deleted after this page had shown it: then the way leads back to the list.
 * Who comes to the address of a story that is gone already is told so instead.
 */
export function useLeaveWhenDeleted(storyId: string, wasShown: boolean): 'no' | 'running' | 'done' {
  const router = useRouter();
  const { active, recent } = useStoryTasks(storyId);
  const isRunning = active.some(({ operation }) => operation === 'DELETE_STORY');
  const isDone =
    wasShown && recent.some(({ operation, status }) => operation === 'DELETE_STORY' && status === 'succeeded');
  useEffect(() => {
    if (isDone) router.replace('/story');
  }, [isDone, router]);

  if (isDone) return 'done';
  return isRunning ? 'running' : 'no';
}
