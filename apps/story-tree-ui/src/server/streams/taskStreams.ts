import {
  type FeedFilter,
  hasEnded,
  type StoryTaskFeed,
  type StoryTasksRepository,
  StoryTreeError,
} from '@story-tree/domain';
import type { StreamRequest, TaskStreams } from '../appServices.ts';
import type { RequireHistory } from '../tasks/storyHistory.ts';
import { missingTask } from '../tasks/taskReading.ts';
import { createEventStream, type EventStream } from './eventStream.ts';
import { streamMessage } from './streamMessage.ts';

/** Ids are 64-bit integers that only ever rise. */
const CURSOR = /^\d{1,18}$/;

export interface TaskStreamsParts {
  feed: StoryTaskFeed;
  tasks: StoryTasksRepository;
  requireHistory: RequireHistory;
}

export function createTaskStreams({ feed, tasks, requireHistory }: TaskStreamsParts): TaskStreams {
  const open = new Set<EventStream>();

  /** Where a stream begins: after what the client has, else a task's at its first event and others at now. */
  async function beginning({ filter, lastEventId, after }: StreamRequest): Promise<string> {
    const given = lastEventId || after;
    if (given) return checkedCursor(given);
    return filter.taskId === undefined ? await tasks.cursor() : '0';
  }

  /** Whether a task has ended and the cursor is at the last of its events, or behind it. */
  async function hasSaidAll(taskId: string, cursor: string): Promise<boolean> {
    const task = await tasks.get(taskId);
    if (task === null) throw missingTask(taskId);
    if (!hasEnded(task.status)) return false;
    const [last] = await tasks.events(taskId, 1);
    return last === undefined || BigInt(cursor) >= BigInt(last.id);
  }

  async function* messages(filter: FeedFilter, after: string, signal: AbortSignal): AsyncGenerator<string> {
    for await (const message of feed.read({ ...filter, after, signal })) {
      yield streamMessage(message);
      if (message.kind !== 'task' || filter.taskId === undefined || !hasEnded(message.task.status)) continue;
      if (await hasSaidAll(filter.taskId, message.cursor)) return;
    }
  }

  return {
    async open(request) {
      const { filter, signal, expiresAt } = request;
      const after = await beginning(request);
      if (filter.storyId !== undefined) await requireHistory(filter.storyId);
      if (filter.taskId !== undefined && (await hasSaidAll(filter.taskId, after))) return null;
      const stream = createEventStream({
        messages: (stop) => messages(filter, after, stop),
        signal,
        expiresAt,
        onEnd: () => open.delete(stream),
      });
      open.add(stream);
      return stream.body;
    },
    count: () => open.size,
    closeAll() {
      for (const stream of open) stream.end();
    },
  };
}

function checkedCursor(cursor: string): string {
  if (CURSOR.test(cursor)) return cursor;
  throw new StoryTreeError('bad_request', 'The cursor is none that a stream or an answer has given: leave it out.');
}
