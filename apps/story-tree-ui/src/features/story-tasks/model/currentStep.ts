import type { TaskSummary } from '../../../wire/index.ts';
import type { TaskEvent } from '../../live/index.ts';

/** What is happening to a task, as a sentence. `events` are newest first. */
export function currentStep(
  { status, cancelRequestedAt, stalledAt }: Pick<TaskSummary, 'status' | 'cancelRequestedAt' | 'stalledAt'>,
  events: readonly TaskEvent[],
): string {
  if (cancelRequestedAt !== null && status === 'running') return 'Stopping at the next opportunity.';
  if (status === 'running' && stalledAt !== null)
    return 'Its worker has stopped. The next one that is free resumes it.';
  const latest = events.find(({ eventType }) => eventType !== 'chat_message');
  if (status === 'queued') return latest && latest.step !== 'queued' ? latest.message : 'Waiting for a worker.';
  return latest?.message ?? 'Working.';
}

/** The last message of an ended task, if its log is known. */
export function lastWord(events: readonly TaskEvent[]): string | undefined {
  return events.find(({ step }) => step === 'succeeded' || step === 'failed' || step === 'cancelled')?.message;
}
