/** What happens while workflow tasks run, told to whoever watches: bars, logs, durable events. */
export type ProgressKind =
  | 'task-started'
  | 'task-done'
  | 'task-skipped'
  | 'call-started'
  | 'call-replayed'
  | 'call-retried'
  | 'unit-done'
  | 'warning';

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

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Structured log lines; never given secrets or binary data. */
export type Log = (level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>) => void;
