'use client';

import { useEffect } from 'react';

const watchers = new Map<string, number>();

/**
 * Marks a task whose progress and end the person already sees, as in a dialog of its own: nothing else has to announce
 * it.
 */
export function useWatchedTask(taskId: string | null): void {
  useEffect(() => {
    if (taskId === null) return;
    watchers.set(taskId, (watchers.get(taskId) ?? 0) + 1);
    return () => {
      const left = (watchers.get(taskId) ?? 1) - 1;
      if (left > 0) watchers.set(taskId, left);
      else watchers.delete(taskId);
    };
  }, [taskId]);
}

export function isWatched(taskId: string): boolean {
  return watchers.has(taskId);
}
