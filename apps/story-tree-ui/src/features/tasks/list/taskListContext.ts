'use client';

import { createContext, use } from 'react';

/** What the rows of a list of tasks share. */
export interface TaskListView {
  isOpen(taskId: string): boolean;
  toggle(taskId: string): void;
  /** Undefined for a story that is not known, or gone. */
  storyName(storyId: string | null): string | undefined;
  /** Whether nobody has dealt with the task's failure yet. */
  needsAttention(taskId: string): boolean;
}

export const TaskListContext = createContext<TaskListView | null>(null);

export function useTaskList(): TaskListView {
  const view = use(TaskListContext);
  if (view === null) throw new Error('This component belongs into a list of tasks.');
  return view;
}
