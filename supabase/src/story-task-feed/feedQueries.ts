import type { ChatDraft, FeedFilter, TaskFeedMessage } from '@story-tree/domain';
import type { Kysely } from 'kysely';
import type { DB } from '../schema.ts';
import { toEvent, toTask } from '../story-tasks/rows.ts';

/** How many events are read at once. */
const BATCH = 500;

export interface EventBatch {
  messages: TaskFeedMessage[];
  /** The id of the last event that was read; null when there was none. */
  last: bigint | null;
  /** Whether more may be there. */
  full: boolean;
}

export interface EventRange extends FeedFilter {
  after: bigint;
  /** The last id wanted; without it, all there are. */
  upTo?: bigint;
}

/** Events in their order, each with its task as it is now. */
export async function readEvents(db: Kysely<DB>, { after, upTo, storyId, taskId }: EventRange): Promise<EventBatch> {
  const rows = await db
    .selectFrom('story_task_events')
    .selectAll()
    .where('id', '>', String(after))
    .$if(upTo !== undefined, (query) => query.where('id', '<=', String(upTo)))
    .$if(storyId !== undefined, (query) => query.where('story_id', '=', storyId ?? null))
    .$if(taskId !== undefined, (query) => query.where('task_id', '=', taskId ?? ''))
    .orderBy('id')
    .limit(BATCH)
    .execute();
  const last = rows.at(-1);
  if (last === undefined) return { messages: [], last: null, full: false };
  // Apart from the events: many of a batch have the same task, and its payload may be long.
  const tasks = await tasksById(db, [...new Set(rows.map((row) => row.task_id))]);
  const messages = rows.flatMap((row): TaskFeedMessage[] => {
    const task = tasks.get(row.task_id);
    // Removed just now, and its events with it.
    return task === undefined ? [] : [{ kind: 'task', cursor: row.id, task, event: toEvent(row) }];
  });
  return { messages, last: BigInt(last.id), full: rows.length === BATCH };
}

async function tasksById(db: Kysely<DB>, ids: readonly string[]) {
  const rows = await db.selectFrom('story_tasks').selectAll().where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, toTask(row)]));
}

export async function readDrafts(db: Kysely<DB>, taskIds: readonly string[]): Promise<ChatDraft[]> {
  const rows = await db.selectFrom('story_task_drafts').selectAll().where('task_id', 'in', taskIds).execute();
  return rows.map((row) => ({ taskId: row.task_id, storyId: row.story_id, turn: row.turn, text: row.text }));
}
