import type { TaskSummary } from '../../../wire/index.ts';

type Moments = Pick<TaskSummary, 'status' | 'createdAt' | 'startedAt' | 'finishedAt'>;

/** How long a task waited for a worker, and how long it ran, in milliseconds. */
export interface TaskTimes {
  waitedMs: number;
  /** Null for a task that never started. */
  ranMs: number | null;
}

/** Both times as they stand at a moment; the clocks of server and browser may differ, so neither is ever negative. */
export function taskTimes({ createdAt, startedAt, finishedAt }: Moments, now: number): TaskTimes {
  const end = finishedAt === null ? now : Date.parse(finishedAt);
  const start = startedAt === null ? null : Date.parse(startedAt);
  return {
    waitedMs: Math.max(0, (start ?? end) - Date.parse(createdAt)),
    ranMs: start === null ? null : Math.max(0, end - start),
  };
}
