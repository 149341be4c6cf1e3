import type { StoryTaskStatus } from '@story-tree/domain';
import type { TaskDetail, TaskSummary } from '../../wire/index.ts';
import type { TaskEvent } from './liveTransport.ts';

const RANK: Record<StoryTaskStatus, number> = { queued: 0, running: 1, succeeded: 2, failed: 2, cancelled: 2 };

/** The part of a task that lists show. */
export function summaryOf(detail: TaskDetail): TaskSummary {
  const { error, events: _events, payload: _payload, cursor: _cursor, nextBefore: _nextBefore, ...task } = detail;
  return { ...task, error: error ?? null };
}

/** Whether a task can no longer change. */
export function isOver(task: { status: StoryTaskStatus }): boolean {
  return RANK[task.status] === 2;
}

/**
 * Combines two states of one task, in whichever order they came: the later status, the larger progress, and every
 * moment that either has. A task that has ended stays as it is.
 */
export function mergeTask(known: TaskSummary | undefined, next: TaskSummary): TaskSummary {
  if (!known) return next;
  if (isOver(known)) return known;
  const ahead = RANK[next.status] >= RANK[known.status] ? next : known;
  const merged = {
    ...ahead,
    storyId: next.storyId ?? known.storyId,
    progress: isOver(next) ? next.progress : Math.max(known.progress, next.progress),
    cancelRequestedAt: known.cancelRequestedAt ?? next.cancelRequestedAt,
    startedAt: known.startedAt ?? next.startedAt,
    finishedAt: ahead.finishedAt,
  };
  return isSame(known, merged) ? known : merged;
}

/** Merges two parts of one log: each line once, oldest first. Gives `known` itself when there is nothing new. */
export function mergeEvents(known: readonly TaskEvent[], incoming: readonly TaskEvent[]): readonly TaskEvent[] {
  const ids = new Set(known.map(({ id }) => id));
  const fresh = incoming.filter(({ id }) => !ids.has(id) && ids.add(id));
  if (fresh.length === 0) return known;
  return [...known, ...fresh].sort((a, b) => compareIds(a.id, b.id));
}

/** Compares event ids, which are whole numbers of any length written as text. */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function isSame(a: TaskSummary, b: TaskSummary): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
