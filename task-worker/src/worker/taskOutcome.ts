import {
  type ErrorCode,
  type Log,
  type NewStoryTaskEvent,
  type StoryTaskStatus,
  toStoryTreeError,
} from '@story-tree/domain';
import type { OperationResult } from '../operations/operation.ts';
import type { ToldFailure } from './failure.ts';

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

/** One attempt at a task, as its job is handed out by the queue. */
export interface JobAttempt {
  taskId: string;
  /** When the job was added to the queue. */
  addedAt: Date;
  attempts: Attempts;
  /** Shows the task's percent in the queue, too. */
  onPercent(percent: number): void;
}

/** Why a job fails that somebody added with the tools of the queue. */
export const NO_TASK = 'No task belongs to this job. Ask for work in Story Tree instead of adding jobs.';

/** Why a job fails that somebody retried, or added again, with the tools of the queue. */
export function alreadyEnded(status: StoryTaskStatus): string {
  return `The task of this job has already ended: it is ${status}. Ask for a new one in Story Tree instead of retrying jobs.`;
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

/** What a task's run comes to when the state of the task could not be read or written. */
export function outcomeOfFault(thrown: unknown, log: Log): RunOutcome {
  const error = toStoryTreeError(thrown);
  const outcome = FAULTS[error.code];
  if (outcome !== undefined) return outcome;
  log('error', 'The task could not be started.', { code: error.code, error: thrown });
  return { kind: 'later' };
}

// The lines that a worker adds to a task's log on its own account.

/** How a run begins. */
export function begun(resumed: boolean, { failed: failures, allowed }: Attempts): NewStoryTaskEvent {
  if (!resumed) return STARTED;
  return failures > 0 ? attempt(failures + 1, allowed) : RESUMED;
}

export const STARTED: NewStoryTaskEvent = { eventType: 'info', step: 'started', message: 'Started.' };

export const RESUMED: NewStoryTaskEvent = {
  eventType: 'info',
  step: 'resumed',
  message: 'Resumed: the worker that ran it was interrupted. What it finished is kept.',
};

export const HANDED_BACK: NewStoryTaskEvent = {
  eventType: 'info',
  step: 'handed-back',
  message: 'Handed back: this worker is shutting down, and the next one will continue.',
};

export const CANCELLED: NewStoryTaskEvent = {
  eventType: 'info',
  step: 'cancelled',
  message: 'Cancelled. What was finished is kept.',
};

export const WAITING = 'waiting';

export function waitingFor(who: string): NewStoryTaskEvent {
  return { eventType: 'info', step: WAITING, message: `Waiting: ${who} is working on this story.` };
}

function attempt(count: number, of: number): NewStoryTaskEvent {
  return { eventType: 'info', step: 'resumed', message: `Attempt ${count} of ${of}.` };
}

export const ATTEMPT_FAILED = 'attempt-failed';

export function attemptFailed(count: number, of: number, { code, message, details }: ToldFailure): NewStoryTaskEvent {
  return {
    eventType: 'info',
    step: ATTEMPT_FAILED,
    message: `Attempt ${count} of ${of} failed and will be retried. ${message}`,
    payload: { code, attempt: count, attempts: of, details },
  };
}

export function succeeded({ message, payload }: OperationResult): NewStoryTaskEvent {
  return { eventType: 'info', step: 'succeeded', message, ...(payload === undefined ? {} : { payload }) };
}

export function failed({ code, message, details }: ToldFailure): NewStoryTaskEvent {
  return { eventType: 'error', step: 'failed', message, payload: { code, details } };
}
