import { hasEnded, type StoryTaskFeed, type StoryTasksRepository, type TaskFeedMessage } from '@story-tree/domain';

export interface FollowOptions {
  tasks: Pick<StoryTasksRepository, 'events'>;
  feed: Pick<StoryTaskFeed, 'read'>;
  taskId: string;
  /** The cursor of the last event that is known already; `'0'` for the whole log. */
  after: string;
  signal: AbortSignal;
}

/** A task's events, those that are there and those to come, up to its last one or until the signal aborts. */
export async function* followTask({
  tasks,
  feed,
  taskId,
  after,
  signal,
}: FollowOptions): AsyncGenerator<TaskFeedMessage> {
  let cursor = after;
  let last: string | undefined;
  while (!signal.aborted) {
    // A reader that was too slow is dropped, and resumes from where it was.
    for await (const message of feed.read({ taskId, after: cursor, signal })) {
      if (message.kind !== 'draft') cursor = message.cursor;
      if (message.kind !== 'task') continue;
      yield message;
      // The task is told as it is now, so its end may be known before its last event has come.
      if (last === undefined && hasEnded(message.task.status)) last = (await tasks.events(taskId, 1))[0]?.id;
      if (message.event.id === last) return;
    }
  }
}
