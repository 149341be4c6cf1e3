import type { QueryClient } from '@tanstack/react-query';
import type { StoryCard, TaskSummary } from '../../wire/index.ts';
import { queryKeys } from '../client/index.ts';
import type { TaskEvent } from './liveTransport.ts';
import { isOver } from './mergeTasks.ts';

const QUIET_MS = 500;
const LONGEST_WAIT_MS = 2_500;

interface Due {
  timer: ReturnType<typeof setTimeout>;
  since: number;
}

/**
 * Reads a story again once its tasks have made something. Many events in a row are one reading: after half a second of
 * quiet, and every 2.5 seconds while they do not end.
 */
export function createStoryRefresh(queryClient: QueryClient) {
  const due = new Map<string, Due>();

  function refresh(storyId: string): void {
    due.delete(storyId);
    void queryClient.invalidateQueries({ queryKey: queryKeys.story(storyId) });
    void queryClient.invalidateQueries({ queryKey: queryKeys.stories });
  }

  /** At once: until the list is read again, it would show pictures that are gone. */
  function forget(storyId: string): void {
    queryClient.setQueryData<StoryCard[]>(queryKeys.stories, (list) => list?.filter(({ id }) => id !== storyId));
    void queryClient.invalidateQueries({ queryKey: queryKeys.stories });
  }

  return {
    note(task: TaskSummary, event: TaskEvent): void {
      const storyId = task.storyId ?? event.storyId;
      if (storyId === null) return;
      const waiting = due.get(storyId);
      clearTimeout(waiting?.timer);
      if (task.operation === 'DELETE_STORY' && task.status !== 'failed') {
        // There is less of the story with each moment, and in the end nothing that could be read.
        due.delete(storyId);
        if (isOver(task)) forget(storyId);
        return;
      }
      if (isOver(task)) {
        refresh(storyId);
        return;
      }
      const since = waiting?.since ?? performance.now();
      const wait = Math.max(0, Math.min(QUIET_MS, since + LONGEST_WAIT_MS - performance.now()));
      due.set(storyId, { since, timer: setTimeout(() => refresh(storyId), wait) });
    },
  };
}
