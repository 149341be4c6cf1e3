import { StoryTreeError } from '@story-tree/domain';
import { taskOfHolder } from './leaseHolder.ts';

/** A story that somebody else writes to: names the task where it is one, else who it is. */
export function storyBusy(holder: string, cause?: unknown): StoryTreeError {
  const taskId = taskOfHolder(holder);
  const who = taskId === null ? `The ${holder}` : 'Another task';
  return new StoryTreeError(
    'story_busy',
    `${who} is at work on this story. Wait until that is done or stop it, then try again.`,
    { cause, details: taskId === null ? { holder } : { taskId } },
  );
}
