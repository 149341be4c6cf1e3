import type { CallProgress } from '../models/caller.ts';

/** What happens while workflow tasks run, told to whoever watches: bars, logs, durable events. */
export type ProgressKind = CallProgress | 'task-started' | 'task-done' | 'task-skipped' | 'unit-done' | 'warning';

export interface ProgressEvent {
  kind: ProgressKind;
  task: string;
  /** The unit it is about; null for the task as a whole. */
  unit: string | null;
  /** One sentence for people. */
  message: string;
  /** Units of the task that are there; `total` may grow while a script unfolds. */
  completed: number;
  total: number;
  /** How much of the task that is, from 0 to 1, where there will be more units that nobody knows yet. */
  share?: number;
}

export type OnProgress = (event: ProgressEvent) => void;
