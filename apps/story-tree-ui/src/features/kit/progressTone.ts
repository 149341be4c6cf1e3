import { shownStatus } from '../../components/index.ts';
import type { TaskSummary } from '../../wire/index.ts';

/** How a task's bar looks: only one that is at work, and is to go on, looks busy. */
export function progressTone(
  task: Pick<TaskSummary, 'status' | 'stalledAt' | 'cancelRequestedAt'>,
): 'busy' | 'good' | 'bad' | 'idle' {
  const status = shownStatus(task);
  if (status === 'running') return task.cancelRequestedAt === null ? 'busy' : 'idle';
  if (status === 'succeeded') return 'good';
  return status === 'failed' ? 'bad' : 'idle';
}
