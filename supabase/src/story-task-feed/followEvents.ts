import { setTimeout as sleep } from 'node:timers/promises';
import {
  type FeedFilter,
  type FeedMessage,
  hasEnded,
  type StoryTask,
  StoryTreeError,
  type TaskFeedMessage,
} from '@story-tree/domain';
import type { Kysely } from 'kysely';
import { mapErrors } from '../repositories/storyAccess.ts';
import type { DB } from '../schema.ts';
import { lastEventId } from '../story-tasks/taskQueries.ts';
import type { FanOut } from './fanOut.ts';
import { readEvents } from './feedQueries.ts';
import type { FeedReader } from './feedReader.ts';

export interface Following {
  db: Kysely<DB>;
  fanOut: FanOut;
  reader: FeedReader;
  filter: FeedFilter;
  /** The id of the last event that is not wanted. */
  after: bigint;
  signal: AbortSignal;
  /** The pause before another attempt while the database is away. */
  retryAfterMs: number;
  /** From now on somebody has to look for what is new. */
  onJoined(): void;
}

/**
 * Yields what is stored after the cursor, and then what is new: the reader joins first, is offered what is new from there
 * on, and reads what lies before that itself. So nothing is lost in between and nothing comes twice.
 */
export async function* followEvents(following: Following): AsyncGenerator<FeedMessage> {
  const { fanOut, reader } = following;
  const joinedAt = await patiently(following, () => fanOut.join(reader));
  if (joinedAt === null) return;
  following.onJoined();
  const start = await patiently(following, () => startingPoint(following, joinedAt));
  if (start === null) return;
  let { after } = start;
  if (start.isAnother) yield { kind: 'resync', cursor: String(after) };
  const ahead = new Map<string, StoryTask>();
  for await (const message of storedEvents(following, after, joinedAt)) {
    ahead.set(message.task.id, message.task);
    yield message;
  }
  for (let message = await reader.next(); message !== null; message = await reader.next()) {
    if (message.kind === 'resync') after = BigInt(message.cursor);
    if (message.kind !== 'task') yield message;
    else if (BigInt(message.cursor) > after) yield notBehind(message, ahead);
  }
}

/** What waited while stored events were read may show an older state of its task, but no reader may see a task go back. */
function notBehind(message: TaskFeedMessage, ahead: Map<string, StoryTask>): TaskFeedMessage {
  const seen = ahead.get(message.task.id);
  if (seen === undefined) return message;
  if (isBehind(message.task, seen)) return { ...message, task: seen };
  ahead.delete(seen.id);
  return message;
}

/** Of two states of one task: whether the first is the older one. A task only ever goes one way. */
function isBehind(one: StoryTask, other: StoryTask): boolean {
  return (
    one.progress < other.progress ||
    placeOf(one) < placeOf(other) ||
    (one.cancelRequestedAt === null && other.cancelRequestedAt !== null)
  );
}

function placeOf({ status }: StoryTask): number {
  return hasEnded(status) ? 2 : status === 'running' ? 1 : 0;
}

/** Where to start: a cursor beyond every event, from a database that has been replaced since then, is none. */
async function startingPoint({ db, after }: Following, joinedAt: bigint) {
  if (after <= joinedAt) return { after, isAnother: false };
  const newest = BigInt(await lastEventId(db));
  return newest < after ? { after: newest, isAnother: true } : { after, isAnother: false };
}

async function* storedEvents(following: Following, after: bigint, upTo: bigint): AsyncGenerator<TaskFeedMessage> {
  const { db, filter, reader } = following;
  for (let position = after; position < upTo; ) {
    const range = { ...filter, after: position, upTo };
    const batch = await patiently(following, () => readEvents(db, range));
    for (const message of batch?.messages ?? []) {
      if (reader.ended) return;
      yield message;
    }
    if (batch?.last == null || !batch.full) return;
    position = batch.last;
  }
}

/** Returns what the work returns, however long the database is away; null when the reader ended meanwhile. */
async function patiently<T>({ reader, signal, retryAfterMs }: Following, work: () => Promise<T>): Promise<T | null> {
  while (!reader.ended) {
    try {
      return await mapErrors(work);
    } catch (error) {
      // Nobody waits for it any more, and the database may be closed.
      if (reader.ended) return null;
      if (!(error instanceof StoryTreeError && error.code === 'database_unavailable')) throw error;
      await sleep(retryAfterMs, undefined, { signal }).catch(() => undefined);
    }
  }
  return null;
}
