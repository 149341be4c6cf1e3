import type { TaskEvent } from '../../live/index.ts';
import { workflowPart } from './workflowParts.ts';

/** One workflow task that a story task goes through. */
export interface Stage {
  /** The workflow task, such as `CREATE_SHOT_IMAGES`. */
  task: string;
  title: string;
  state: 'running' | 'done' | 'skipped';
  completed: number;
  total: number;
}

const STATES: Readonly<Record<string, Stage['state']>> = { 'task-done': 'done', 'task-skipped': 'skipped' };

/** The workflow tasks that a log tells of, in the order in which they began. `events` are oldest first. */
export function stagesOf(events: readonly TaskEvent[]): Stage[] {
  const stages = new Map<string, Stage>();
  for (const { step, payload } of events) {
    const task = payload?.task;
    const part = workflowPart(task);
    if (typeof task !== 'string' || part === undefined) continue;
    const before = stages.get(task);
    stages.set(task, {
      task,
      title: part.title,
      state: STATES[step] ?? before?.state ?? 'running',
      completed: Math.max(before?.completed ?? 0, count(payload?.completed)),
      total: Math.max(before?.total ?? 0, count(payload?.total)),
    });
  }
  return [...stages.values()];
}

function count(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
