import type { FeedFilter, FeedMessage } from '@story-tree/domain';
import { createStoryTasksRepository, type Database, openStoryTaskFeed } from '@story-tree/supabase';
import { expect } from 'vitest';

const NEVER_MS = 3_600_000;

/** Polls with enough patience for a busy machine. */
export const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 15_000 });

/** The cursor of an event, or what a draft says. */
export const cursorOf = (message: FeedMessage) =>
  message.kind === 'draft' ? `draft ${message.draft.text}` : message.cursor;

export type FeedRig = ReturnType<typeof createFeedRig>;

/** A feed that looks only when notified, unless told otherwise, and what tests need to know about it. */
export function createFeedRig(database: Database, { pollEveryMs = NEVER_MS } = {}) {
  const log: string[] = [];
  const feed = openStoryTaskFeed({ database, log: (message) => log.push(message), pollEveryMs });
  const leaving = new AbortController();

  /** The connections that listen: those whose last word was to do so, and which have been answered. */
  async function listeners(): Promise<number[]> {
    const { rows } = await database.pool.query<{ pid: number }>(
      `select pid from pg_stat_activity
       where datname = current_database() and query like 'listen %' and state = 'idle'`,
    );
    return rows.map(({ pid }) => pid);
  }

  return {
    feed,
    log,
    listeners,
    /** All readers leave when it aborts. */
    leaving,

    /** Reads until told to leave. The array that it returns at once collects the messages. */
    read(after: string, filter: FeedFilter = {}) {
      const messages: FeedMessage[] = [];
      const ended = (async () => {
        for await (const message of feed.read({ after, signal: leaving.signal, ...filter })) messages.push(message);
      })();
      const steps = () => messages.map((message) => (message.kind === 'task' ? message.event.step : ''));
      return { messages, ended, steps };
    },

    cursor: () => createStoryTasksRepository(database.kysely).cursor(),

    /** The ids of what is stored, of all tasks or of one: what a reader should have received. */
    async storedIds(after: string, taskId?: string) {
      const rows = await database.kysely
        .selectFrom('story_task_events')
        .select('id')
        .where('id', '>', after)
        .$if(taskId !== undefined, (query) => query.where('task_id', '=', taskId ?? ''))
        .orderBy('id')
        .execute();
      return rows.map(({ id }) => id);
    },

    /** Waits until somebody listens. */
    hearing: () => eventually(listeners).toHaveLength(1),

    /** Until the last listener has gone: the next rig is not to take it for its own. */
    async close() {
      leaving.abort();
      await feed.close();
      await eventually(listeners).toEqual([]);
    },
  };
}
