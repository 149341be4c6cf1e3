'use client';

import { useSyncExternalStore } from 'react';
import type { TaskSummary } from '../../../wire/index.ts';
import { createIdMemory } from '../idMemory.ts';

/**
 * Failures that nobody has dealt with: newest first, without those that were retried since, that were dismissed, or
 * whose story is gone.
 * @param tasks all that is known, in any order
 */
export function needingAttention(tasks: readonly TaskSummary[], dismissed: ReadonlySet<string>): TaskSummary[] {
  const latest = new Map<string, TaskSummary>();
  const deleted = new Set<string | null>();
  for (const task of tasks) {
    if (task.operation === 'DELETE_STORY' && task.status === 'succeeded') deleted.add(task.storyId);
    for (const subject of subjects(task)) {
      const other = latest.get(subject);
      if (!other || other.createdAt < task.createdAt) latest.set(subject, task);
    }
  }
  return [...new Set(latest.values())]
    .filter(({ id, status, storyId }) => status === 'failed' && !dismissed.has(id) && !deleted.has(storyId))
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

/** What a task is about. Workflow tasks continue the making of a story, so each of them settles its failure. */
function subjects({ storyId, operation, displayFields }: TaskSummary): string[] {
  const own = JSON.stringify([storyId, operation, displayFields.title]);
  return operation === 'RUN_WORKFLOW_TASK'
    ? [own, makingOf(storyId)]
    : [operation === 'CREATE_STORY' ? makingOf(storyId) : own];
}

function makingOf(storyId: string | null): string {
  return JSON.stringify([storyId, 'CREATE_STORY']);
}

const memory = createIdMemory('story-tree-dismissed-failures');
const NONE: ReadonlySet<string> = new Set();

/** Dismisses a failure; it stays in the history. */
export function dismissFailure(taskId: string): void {
  memory.add(taskId);
}

export function useDismissedFailures(): ReadonlySet<string> {
  return useSyncExternalStore(memory.subscribe, memory.all, () => NONE);
}
