import { formatDuration } from '../../../components/format.ts';
import type { TaskSummary } from '../../../wire/index.ts';

type Moments = Pick<TaskSummary, 'status' | 'createdAt' | 'startedAt' | 'finishedAt'>;

/** How long a task waited for a worker, and how long it was worked on, in milliseconds. */
export interface TaskTimes {
  waitedMs: number;
  /** Null for a task that was never begun. */
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

/** How a task stands, in a few words: "Waiting for 4 s", "Running for 2 min", "Done in 3 min 12 s". */
export function outcomeWords(task: Moments, now: number): string {
  const { waitedMs, ranMs } = taskTimes(task, now);
  const ran = formatDuration(ranMs ?? 0);
  switch (task.status) {
    case 'queued':
      return `Waiting for ${formatDuration(waitedMs)}`;
    case 'running':
      return `Running for ${ran}`;
    case 'succeeded':
      return `Done in ${ran}`;
    case 'failed':
      return `Failed after ${ran}`;
    case 'cancelled':
      return ranMs === null ? 'Cancelled before it began' : `Cancelled after ${ran}`;
    default:
      return task.status satisfies never;
  }
}
