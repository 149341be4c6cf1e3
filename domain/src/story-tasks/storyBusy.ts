import { StoryTreeError } from '../errors.ts';

const PREFIX = 'task ';

/** How a story task signs the lease on its story. */
export function taskHolder(taskId: string): string {
  return `${PREFIX}${taskId}`;
}

/** The id of the task that holds a lease; null when the holder is not a task. */
export function taskOfHolder(holder: string): string | null {
  return holder.startsWith(PREFIX) ? holder.slice(PREFIX.length) : null;
}

/** Who writes to a story, for people, as in "another task" or "the command line". @param holder as the lease is signed */
export function holderInWords(holder: string): string {
  return taskOfHolder(holder) === null ? `the ${holder}` : 'another task';
}

/** A busy story in the words of somebody who knows more than the lease. */
export interface BusyWords {
  /** As in `the task "Create story"`. */
  who?: string;
  does?: string;
  wayOut?: string;
  cause?: unknown;
}

/**
 * The error for a story that somebody else writes to: names the task in `details.taskId` where it is one, else who it is
 * in `details.holder`.
 */
export function storyBusy(holder: string, words: BusyWords = {}): StoryTreeError {
  const {
    who = holderInWords(holder),
    does = 'is working on this story',
    wayOut = 'Wait until that is done or stop it, then try again.',
    cause,
  } = words;
  const taskId = taskOfHolder(holder);
  const message = `${who.charAt(0).toUpperCase()}${who.slice(1)} ${does}. ${wayOut}`;
  return new StoryTreeError('story_busy', message, { cause, details: taskId === null ? { holder } : { taskId } });
}
