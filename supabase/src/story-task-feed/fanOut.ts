import type { Kysely } from 'kysely';
import { isUuid } from '../repositories/storyAccess.ts';
import type { DB } from '../schema.ts';
import { lastEventId } from '../story-tasks/taskQueries.ts';
import { readDrafts, readEvents } from './feedQueries.ts';
import type { FeedReader } from './feedReader.ts';

/** Reads what is new once and offers it to all readers. */
export interface FanOut {
  readonly size: number;
  /**
   * From now on the reader is offered everything that is new.
   * @returns the id of the last event that it is not offered
   */
  join(reader: FeedReader): Promise<bigint>;
  leave(reader: FeedReader): void;
  /** A draft of the task has changed. */
  noteDraft(taskId: string): void;
  /** The database may have been replaced by one in which less has happened. */
  doubt(): void;
  /** Reads and offers what has become new. Not to be called while it runs. */
  round(): Promise<void>;
}

export function createFanOut(db: Kysely<DB>): FanOut {
  const readers = new Set<FeedReader>();
  const drafted = new Set<string>();
  /** The last event that was offered; unknown while nobody reads. */
  let position: bigint | undefined;

  let isDoubted = false;

  /** Ids would be given a second time, and nothing be new until they have caught up. */
  async function checkPosition() {
    if (!isDoubted || position === undefined) return;
    const newest = BigInt(await lastEventId(db));
    isDoubted = false;
    if (newest >= position) return;
    position = newest;
    for (const reader of readers) reader.offer({ kind: 'resync', cursor: String(newest) });
  }

  /** First, so that a draft is never offered after the line that ends it. */
  async function offerDrafts() {
    const taskIds = [...drafted];
    drafted.clear();
    if (taskIds.length === 0) return;
    for (const draft of await readDrafts(db, taskIds)) {
      for (const reader of readers) reader.offer({ kind: 'draft', draft });
    }
  }

  async function offerEvents() {
    for (let more = true; more && position !== undefined; ) {
      const after: bigint = position;
      const batch = await readEvents(db, { after });
      // All readers left meanwhile, and later ones set a newer position.
      if (position !== after || batch.last === null) return;
      for (const message of batch.messages) {
        for (const reader of readers) reader.offer(message);
      }
      position = batch.last;
      more = batch.full;
    }
  }

  return {
    get size() {
      return readers.size;
    },
    async join(reader) {
      if (position === undefined) {
        const last = BigInt(await lastEventId(db));
        // Another reader may have been faster, and the position may have moved on since.
        position ??= last;
      }
      readers.add(reader);
      return position;
    },
    leave(reader) {
      readers.delete(reader);
      if (readers.size > 0) return;
      position = undefined;
      drafted.clear();
    },
    noteDraft(taskId) {
      if (readers.size > 0 && isUuid(taskId)) drafted.add(taskId);
    },
    doubt() {
      isDoubted = true;
    },
    async round() {
      if (readers.size === 0) return;
      await checkPosition();
      await offerDrafts();
      await offerEvents();
    },
  };
}
