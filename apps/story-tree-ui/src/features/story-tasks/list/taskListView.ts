'use client';

import { createContext, use, useCallback, useEffect, useMemo, useState } from 'react';
import type { TaskSummary } from '../../../wire/index.ts';
import { useStories } from '../../kit/index.ts';

/** What the rows of a list of tasks share. */
interface TaskListView {
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

/** Which tasks a person has expanded or collapsed. The wanted one is expanded, scrolled into view and focused. */
function useOpenTasks(wanted: string | null): {
  toggled: ReadonlyMap<string, boolean>;
  toggle(taskId: string, isOpen: boolean): void;
} {
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [shown, setShown] = useState<string | null>(null);
  const toggle = useCallback(
    (taskId: string, isOpen: boolean) => setToggled((known) => new Map(known).set(taskId, isOpen)),
    [],
  );
  if (wanted !== shown) {
    setShown(wanted);
    if (wanted !== null) toggle(wanted, true);
  }

  useEffect(() => {
    if (wanted === null) return;
    return whenThere(`[data-task="${CSS.escape(wanted)}"] [data-task-row]`, (row) => {
      row.scrollIntoView({ block: 'start' });
      row.focus({ preventScroll: true });
    });
  }, [wanted]);

  return { toggled, toggle };
}

/** Calls back once an element exists: its list may still have to be read. */
function whenThere(selector: string, found: (element: HTMLElement) => void): () => void {
  const look = () => {
    const element = document.querySelector<HTMLElement>(selector);
    if (element === null) return;
    observer.disconnect();
    found(element);
  };
  const observer = new MutationObserver(look);
  observer.observe(document.body, { childList: true, subtree: true });
  look();
  return () => observer.disconnect();
}
