import type { TaskEvent } from '../live/index.ts';

/** What an event of a story task says about a workflow task. */
export interface UnitProgress {
  /** What happened, such as `call-started` or `unit-done`. */
  kind: string;
  /** The workflow task, such as `CREATE_SHOT_IMAGES`. */
  task: string;
  /** The unit's key; null for the task as a whole. */
  unit: string | null;
  message: string;
  completed: number;
  total: number;
}

/** Reads an event's payload; null for events about something else. */
export function unitProgressOf({ payload, message }: Pick<TaskEvent, 'payload' | 'message'>): UnitProgress | null {
  if (payload === null) return null;
  const { kind, task, unit, completed, total } = payload;
  if (typeof kind !== 'string' || typeof task !== 'string') return null;
  return {
    kind,
    task,
    unit: typeof unit === 'string' ? unit : null,
    message,
    completed: typeof completed === 'number' ? completed : 0,
    total: typeof total === 'number' ? total : 0,
  };
}
