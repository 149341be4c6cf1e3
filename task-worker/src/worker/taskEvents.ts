import type { NewStoryTaskEvent, StoryTaskFailure } from '@story-tree/domain';
import type { OperationResult } from '../operations/operation.ts';
import type { Attempts } from './runOutcome.ts';

/** The lines that a worker adds to a task's log on its own account. */

/** How a run begins. */
export function begun(resumed: boolean, { failed: failures, allowed }: Attempts): NewStoryTaskEvent {
  if (!resumed) return STARTED;
  return failures > 0 ? attempt(failures + 1, allowed) : RESUMED;
}

export const STARTED: NewStoryTaskEvent = { eventType: 'info', step: 'started', message: 'Started.' };

export const RESUMED: NewStoryTaskEvent = {
  eventType: 'info',
  step: 'resumed',
  message: 'Taken up again: the worker that was at it was interrupted. What it finished is kept.',
};

export const HANDED_BACK: NewStoryTaskEvent = {
  eventType: 'info',
  step: 'handed-back',
  message: 'Handed back: this worker is shutting down, the next one goes on.',
};

export const CANCELLED: NewStoryTaskEvent = {
  eventType: 'info',
  step: 'cancelled',
  message: 'Cancelled. What was finished is kept.',
};

export const WAITING = 'waiting';

export function waitingFor(who: string): NewStoryTaskEvent {
  return { eventType: 'info', step: WAITING, message: `Waiting: ${who} is at work on the story.` };
}

function attempt(count: number, of: number): NewStoryTaskEvent {
  return { eventType: 'info', step: 'resumed', message: `Attempt ${count} of ${of}.` };
}

export function attemptFailed(count: number, of: number, { code, message }: StoryTaskFailure): NewStoryTaskEvent {
  return {
    eventType: 'info',
    step: 'attempt-failed',
    message: `Attempt ${count} of ${of} failed and will be made again. ${message}`,
    payload: { code, attempt: count, attempts: of },
  };
}

export function succeeded({ message, payload }: OperationResult): NewStoryTaskEvent {
  return { eventType: 'info', step: 'succeeded', message, ...(payload === undefined ? {} : { payload }) };
}

export function failed({ code, message }: StoryTaskFailure): NewStoryTaskEvent {
  return { eventType: 'error', step: 'failed', message, payload: { code } };
}
