'use client';

import { useMemo } from 'react';
import type { TaskSummary } from '../../../wire/index.ts';
import { useStories } from '../../kit/index.ts';
import type { TaskListView } from './taskListContext.ts';
import { useOpenTasks } from './useOpenTasks.ts';

/** What the rows of a list share. `failures` are those that nobody has dealt with; `wanted` is shown opened. */
export function useTaskListView(failures: readonly TaskSummary[], wanted: string | null): TaskListView {
  const { data: stories } = useStories();
  const { toggled, toggle } = useOpenTasks(wanted);
  return useMemo(() => {
    const names = new Map(stories?.map(({ id, displayName }) => [id, displayName]));
    const unsettled = new Set(failures.map(({ id }) => id));
    const isOpen = (taskId: string) => toggled.get(taskId) ?? false;
    return {
      isOpen,
      toggle: (taskId) => toggle(taskId, !isOpen(taskId)),
      storyName: (storyId) => (storyId === null ? undefined : names.get(storyId)),
      needsAttention: (taskId) => unsettled.has(taskId),
    };
  }, [stories, toggled, toggle, failures]);
}
