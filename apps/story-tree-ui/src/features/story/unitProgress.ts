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

/** What an event says about a workflow task; null for events about something else. */
export function unitProgressOf({ step, payload, message }: TaskEvent): UnitProgress | null {
  const { task, unit, completed, total } = payload ?? {};
  if (typeof task !== 'string') return null;
  return {
    kind: step,
    task,
    unit: typeof unit === 'string' ? unit : null,
    message,
    completed: typeof completed === 'number' ? completed : 0,
    total: typeof total === 'number' ? total : 0,
  };
}
