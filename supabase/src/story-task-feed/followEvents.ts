import { setTimeout as sleep } from 'node:timers/promises';
import { type FeedFilter, type FeedMessage, StoryTreeError } from '@story-tree/domain';
import type { Kysely } from 'kysely';
import { mapErrors } from '../repositories/storyAccess.ts';
import type { DB } from '../schema.ts';
import type { FanOut } from './fanOut.ts';
import { greatestEventId, readEvents } from './feedQueries.ts';
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
 * What is stored after the cursor, and then what comes: the reader joins first, is offered what is new from there on, and
 * reads what lies before that itself. So nothing is lost in between and nothing comes twice.
 */
export async function* followEvents(following: Following): AsyncGenerator<FeedMessage> {
  const { fanOut, reader } = following;
  const joinedAt = await patiently(following, () => fanOut.join(reader));
  if (joinedAt === null) return;
  following.onJoined();
  const after = await patiently(following, () => startingPoint(following, joinedAt));
  if (after === null) return;
  yield* storedEvents(following, after, joinedAt);
  for (let message = await reader.next(); message !== null; message = await reader.next()) {
    if (message.kind === 'delta' || BigInt(message.cursor) > after) yield message;
  }
}

/** A cursor from a database that has been replaced since then points beyond everything: begin at the beginning. */
async function startingPoint({ db, after }: Following, joinedAt: bigint): Promise<bigint> {
  return after > joinedAt && after > (await greatestEventId(db)) ? 0n : after;
}

async function* storedEvents(following: Following, after: bigint, upTo: bigint): AsyncGenerator<FeedMessage> {
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

/** What the work gives, however long the database is away; null when the reader ended meanwhile. */
async function patiently<T>({ reader, signal, retryAfterMs }: Following, work: () => Promise<T>): Promise<T | null> {
  while (!reader.ended) {
    try {
      return await mapErrors(work);
    } catch (error) {
      // Nobody waits for it any more, and perhaps the database is closed.
      if (reader.ended) return null;
      if (!(error instanceof StoryTreeError && error.code === 'database_unavailable')) throw error;
      await sleep(retryAfterMs, undefined, { signal }).catch(() => undefined);
    }
  }
  return null;
}
