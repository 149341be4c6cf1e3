import {
  type ChatDraft,
  type FeedFilter,
  type FeedMessage,
  hasEnded,
  type StoryTaskFeed,
  type StoryTasksRepository,
  unknownCursor,
} from '@story-tree/domain';
import type { StreamRequest, TaskStreams } from '../../services/index.ts';
import type { TaskMessage } from '../../wire/index.ts';
import { requireCaller } from '../auth/caller.ts';
import { createPlaces } from '../limits.ts';
import { toWire } from '../toWire.ts';
import { createEventStream, type EventStream } from './eventStream.ts';
import { missingTask, type RequireHistory, summary } from './taskReading.ts';

/** Ids are 64-bit integers that only ever rise. */
const CURSOR = /^\d{1,18}$/;
/** A place that no event will ever have: whoever is there is told to read everything again. */
const NOWHERE = '9'.repeat(18);

interface TaskStreamsParts {
  feed: StoryTaskFeed;
  tasks: StoryTasksRepository;
  requireHistory: RequireHistory;
  /** How many streams one caller may have; {@link STREAMS_PER_CALLER} unless told. */
  perCaller?: number | undefined;
}

/** A person has one per browser; programs may want more. */
export const STREAMS_PER_CALLER = 100;

/** In seconds. A stream lasts: whoever has too many will not have fewer a moment later. */
const RETRY_AFTER_S = 30;

export function createTaskStreams(parts: TaskStreamsParts): TaskStreams {
  const { feed, tasks, requireHistory, perCaller = STREAMS_PER_CALLER } = parts;
  const open = new Set<EventStream>();
  const places = createPlaces({
    perCaller,
    retryAfterS: RETRY_AFTER_S,
    sentence: `You have ${perCaller} live streams open, the most that one caller may have: close some, then try again.`,
  });

  /** Where a stream begins: after what the client has; otherwise a task's at its first event, and others now. */
  async function beginning({ filter, lastEventId, after }: StreamRequest): Promise<string> {
    if (after && !CURSOR.test(after)) throw unknownCursor();
    // A browser repeats what it was sent, and gives up for good when it is refused.
    if (lastEventId) return CURSOR.test(lastEventId) ? lastEventId : NOWHERE;
    if (after) return after;
    return filter.taskId === undefined ? await tasks.cursor() : '0';
  }

  /** Whether a task has ended and the cursor is at or past the last of its events, and not past all there are. */
  async function hasSaidAll(taskId: string, cursor: string): Promise<boolean> {
    const task = await tasks.get(taskId);
    if (task === null) throw missingTask(taskId);
    if (!hasEnded(task.status)) return false;
    const [last] = await tasks.events(taskId, 1);
    if (last === undefined) return true;
    return BigInt(cursor) >= BigInt(last.id) && BigInt(cursor) <= BigInt(await tasks.cursor());
  }

  async function* messages(filter: FeedFilter, after: string, signal: AbortSignal): AsyncGenerator<string> {
    for await (const message of feed.read({ ...filter, after, signal })) {
      yield streamMessage(message);
      if (message.kind === 'draft' || filter.taskId === undefined) continue;
      if (message.kind === 'task' && !hasEnded(message.task.status)) continue;
      if (await hasSaidAll(filter.taskId, message.cursor)) return;
    }
  }

  /** @returns null where there is nothing to wait for */
  async function begin(request: StreamRequest, onEnd: () => void): Promise<EventStream | null> {
    const { filter, signal, expiresAt } = request;
    const after = await beginning(request);
    if (filter.storyId !== undefined) await requireHistory(filter.storyId);
    if (filter.taskId !== undefined && (await hasSaidAll(filter.taskId, after))) return null;
    const stream = createEventStream({
      messages: (stop) => messages(filter, after, stop),
      signal,
      expiresAt,
      onEnd() {
        open.delete(stream);
        onEnd();
      },
    });
    open.add(stream);
    return stream;
  }

  return {
    async open(request) {
      // First of all: the lookups before a stream begins cost something as well.
      const leave = places.take(requireCaller().id);
      try {
        const stream = await begin(request, leave);
        if (stream === null) leave();
        return stream?.body ?? null;
      } catch (error) {
        leave();
        throw error;
      }
    },
    count: () => open.size,
    closeAll() {
      for (const stream of open) stream.end();
    },
  };
}

/** A message in `text/event-stream` format. Only what is stored has an id, so that nobody resumes from a draft. */
function streamMessage(message: FeedMessage): string {
  if (message.kind === 'draft') {
    const data: ChatDraft = message.draft;
    return `event: draft\ndata: ${JSON.stringify(data)}\n\n`;
  }
  const { cursor } = message;
  if (message.kind === 'resync') return `id: ${cursor}\nevent: resync\ndata: ${JSON.stringify({ cursor })}\n\n`;
  const data: TaskMessage = { task: summary(message.task), event: toWire(message.event) };
  return `id: ${cursor}\nevent: task\ndata: ${JSON.stringify(data)}\n\n`;
}
