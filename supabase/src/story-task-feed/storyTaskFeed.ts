import { type FeedFilter, type StoryTaskFeed, unknownCursor } from '@story-tree/domain';
import type { Kysely } from 'kysely';
import type { Database } from '../connect.ts';
import type { DB } from '../schema.ts';
import { createFanOut } from './fanOut.ts';
import { createFeedReader, type FeedReader } from './feedReader.ts';
import { followEvents } from './followEvents.ts';
import { type Listener, startListener } from './listener.ts';
import { createRounds } from './rounds.ts';

export interface StoryTaskFeedOptions {
  database: Pick<Database, 'kysely' | 'pool'>;
  log: (message: string) => void;
  /** Milliseconds from one look to the next without a notification, while there are readers; 1000 unless told. */
  pollEveryMs?: number;
}

const POLL_EVERY_MS = 1_000;

/**
 * Everything that happens to tasks, as it happens. All readers of a process share one connection that listens, opened when
 * the first one comes; a notification only says that there is something to read, and an occasional look makes up for
 * those that get lost. Readers survive an outage of the database. Close the feed before the database.
 *
 * `read` throws the `StoryTreeError` `bad_request` for a cursor that is not one.
 */
export function openStoryTaskFeed(options: StoryTaskFeedOptions): StoryTaskFeed {
  const { database, log, pollEveryMs = POLL_EVERY_MS } = options;
  const { kysely: db, pool } = database;
  const fanOut = createFanOut(db);
  const cancels = createCancelRequests(db);
  const open = new Set<FeedReader>();
  let listener: Listener | undefined;
  let closed = false;

  const onError = (error: unknown) =>
    log(`News of tasks could not be read: ${error instanceof Error ? error.message : String(error)}`);
  const common = { everyMs: pollEveryMs, onError };
  const news = createRounds({ ...common, round: fanOut.round, isWanted: () => fanOut.size > 0 });
  const requests = createRounds({ ...common, round: cancels.round, isWanted: () => cancels.size > 0 });

  function look() {
    news.call();
    requests.call();
  }

  function onConnected() {
    fanOut.doubt();
    look();
  }

  function onNotification(channel: string, payload: string) {
    if (channel === 'story_task_cancels') return requests.call();
    if (channel === 'story_task_drafts') fanOut.noteDraft(payload);
    news.call();
  }

  function listen() {
    if (closed) return;
    const channels = ['story_task_events', 'story_task_cancels', 'story_task_drafts'];
    listener ??= startListener({ pool, channels, onNotification, onConnected, log });
    look();
  }

  return {
    async *read({ after, signal, ...filter }) {
      const reader = createFeedReader(inLowerCase(filter));
      const end = () => reader.end();
      if (closed || signal.aborted) return;
      open.add(reader);
      signal.addEventListener('abort', end, { once: true });
      try {
        yield* followEvents({
          ...{ db, fanOut, reader, signal },
          filter: inLowerCase(filter),
          after: parseCursor(after),
          retryAfterMs: pollEveryMs,
          onJoined: listen,
        });
      } finally {
        end();
        signal.removeEventListener('abort', end);
        fanOut.leave(reader);
        open.delete(reader);
      }
    },

    onCancelRequested(onRequest) {
      const remove = cancels.add(onRequest);
      listen();
      return remove;
    },

    async close() {
      closed = true;
      for (const reader of open) reader.end();
      await Promise.all([news.stop(), requests.stop(), listener?.close()]);
    },
  };
}

type CancelListener = (taskId: string) => void;

/** Tells each listener once about every running task that somebody asked to stop. */
interface CancelRequests {
  readonly size: number;
  add(listener: CancelListener): () => void;
  /** Looks whether there are new ones. */
  round(): Promise<void>;
}

function createCancelRequests(db: Kysely<DB>): CancelRequests {
  /** Each listener with the requests that it has been told about. */
  const listeners = new Map<CancelListener, Set<string>>();
  return {
    get size() {
      return listeners.size;
    },
    add(listener) {
      // A function of its own, so that the same listener may be added twice.
      const added: CancelListener = (taskId) => listener(taskId);
      listeners.set(added, new Set());
      return () => void listeners.delete(added);
    },
    async round() {
      if (listeners.size === 0) return;
      const requested = new Set(await readCancelRequests(db));
      for (const [listener, told] of listeners) {
        // Only those that still run: what is kept does not grow.
        listeners.set(listener, requested);
        for (const taskId of requested) {
          if (!told.has(taskId)) listener(taskId);
        }
      }
    },
  };
}

/** The running tasks that somebody asked to stop. */
async function readCancelRequests(db: Kysely<DB>): Promise<string[]> {
  const rows = await db
    .selectFrom('story_tasks')
    .select('id')
    .where('status', '=', 'running')
    .where('cancel_requested_at', 'is not', null)
    .execute();
  return rows.map(({ id }) => id);
}

/** As the database writes ids. */
function inLowerCase({ storyId, taskId }: FeedFilter): FeedFilter {
  return {
    ...(storyId === undefined ? {} : { storyId: storyId.toLowerCase() }),
    ...(taskId === undefined ? {} : { taskId: taskId.toLowerCase() }),
  };
}

/** @throws StoryTreeError `bad_request` */
function parseCursor(text: string): bigint {
  if (/^\d{1,18}$/.test(text)) return BigInt(text);
  throw unknownCursor();
}
