import { type ErrorCode, type Log, toStoryTreeError } from '@story-tree/domain';

/** What a run of a task means for its job. */
export type RunOutcome =
  /** The task has ended, here or elsewhere. */
  | { kind: 'ended' }
  /** The task has failed for good; the job does, too. */
  | { kind: 'failed'; message: string }
  /** One of several attempts has failed. */
  | { kind: 'attempt-failed'; message: string }
  /** It cannot go on now, but will. */
  | { kind: 'later' }
  /** For another worker, at once. */
  | { kind: 'handed-back' }
  /** The task belongs to another worker by now: neither it nor its job is to be touched. */
  | { kind: 'lost' };

/** Where a job stands with BullMQ. */
export interface Attempts {
  /** Attempts that have failed so far. */
  failed: number;
  /** Attempts that the operation is given. */
  allowed: number;
}

/** A task as the queue hands it out. */
export interface JobOfTask {
  taskId: string;
  attempts: Attempts;
  /** Shows the task's percent in the queue, too. */
  onPercent(percent: number): void;
}

/** What keeps a task from going on without being its fault. */
const FAULTS: Partial<Record<ErrorCode, RunOutcome>> = {
  lease_lost: { kind: 'lost' },
  interrupted: { kind: 'handed-back' },
  database_unavailable: { kind: 'later' },
  queue_unavailable: { kind: 'later' },
  /** Somebody else has ended it meanwhile. */
  task_ended: { kind: 'ended' },
  /** The row went with its story. */
  not_found: { kind: 'ended' },
};

/** What it means that the state of a task could not be read or written. */
export function outcomeOfFault(thrown: unknown, log: Log): RunOutcome {
  const error = toStoryTreeError(thrown);
  const outcome = FAULTS[error.code];
  if (outcome !== undefined) return outcome;
  log('error', 'The task could not be taken up.', { code: error.code, error: thrown });
  return { kind: 'later' };
}
