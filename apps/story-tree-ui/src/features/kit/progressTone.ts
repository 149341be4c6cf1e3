import type { TaskSummary } from '../../wire/index.ts';

/** How a task's bar looks: only one that is at work, and is to go on, looks busy. */
export function progressTone({
  status,
  cancelRequestedAt,
}: Pick<TaskSummary, 'status' | 'cancelRequestedAt'>): 'busy' | 'good' | 'bad' | 'idle' {
  if (status === 'running') return cancelRequestedAt === null ? 'busy' : 'idle';
  if (status === 'succeeded') return 'good';
  return status === 'failed' ? 'bad' : 'idle';
}
