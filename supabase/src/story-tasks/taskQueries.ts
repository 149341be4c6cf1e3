import {
  type StoryTask,
  type StoryTaskEvent,
  type StoryTaskPage,
  type StoryTasksRepository,
  StoryTreeError,
} from '@story-tree/domain';
import { type Kysely, sql } from 'kysely';
import { isUuid } from '../repositories/storyAccess.ts';
import type { DB } from '../schema.ts';
import { toEvent, toTask } from './rows.ts';

const ACTIVE = ['queued', 'running'] as const;

export async function findTask(db: Kysely<DB>, taskId: string): Promise<StoryTask | null> {
  if (!isUuid(taskId)) return null;
  const row = await db.selectFrom('story_tasks').selectAll().where('id', '=', taskId).executeTakeFirst();
  return row === undefined ? null : toTask(row);
}

/** Newest first. */
export async function eventsOfTask(db: Kysely<DB>, taskId: string, limit: number): Promise<StoryTaskEvent[]> {
  if (!isUuid(taskId)) return [];
  const rows = await db
    .selectFrom('story_task_events')
    .selectAll()
    .where('task_id', '=', taskId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toEvent);
}

type Page = Parameters<StoryTasksRepository['list']>[1];

/** A page's cursor is the id of its last task. */
export async function listTasks(
  db: Kysely<DB>,
  storyId: string,
  { state, limit, cursor }: Page,
): Promise<StoryTaskPage> {
  if (cursor !== undefined && !isUuid(cursor)) throw badCursor();
  if (!isUuid(storyId)) return { tasks: [], nextCursor: null };
  const rows = await db
    .selectFrom('story_tasks')
    .selectAll()
    .where('story_id', '=', storyId)
    .$if(state !== 'all', (query) => query.where('finished_at', state === 'active' ? 'is' : 'is not', null))
    .$if(cursor !== undefined, (query) =>
      query.where(
        sql<boolean>`(created_at, id) < (select created_at, id from public.story_tasks where id = ${cursor})`,
      ),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const tasks = rows.slice(0, limit).map(toTask);
  return { tasks, nextCursor: rows.length > limit ? (tasks.at(-1)?.id ?? null) : null };
}

/** In one statement, so that a task that ends meanwhile is not overlooked. */
export async function overviewOfTasks(db: Kysely<DB>, limit: number): Promise<StoryTask[]> {
  const rows = await db
    .selectFrom('story_tasks')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('status', 'in', ACTIVE),
        eb('id', 'in', (ended) =>
          ended
            .selectFrom('story_tasks as ended')
            .select('ended.id')
            .where('ended.finished_at', 'is not', null)
            .orderBy('ended.finished_at', 'desc')
            .limit(limit),
        ),
      ]),
    )
    .orderBy('finished_at', (order) => order.desc().nullsFirst())
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map(toTask);
}

/** Oldest first. */
export async function activeTasks(db: Kysely<DB>): Promise<StoryTask[]> {
  const rows = await db
    .selectFrom('story_tasks')
    .selectAll()
    .where('status', 'in', ACTIVE)
    .orderBy('created_at')
    .execute();
  return rows.map(toTask);
}

/** Oldest first. */
export async function chatHistory(db: Kysely<DB>, storyId: string): Promise<StoryTaskEvent[]> {
  if (!isUuid(storyId)) return [];
  const rows = await db
    .selectFrom('story_task_events')
    .selectAll()
    .where('story_id', '=', storyId)
    .where('event_type', '=', 'chat_message')
    .orderBy('id')
    .execute();
  return rows.map(toEvent);
}

/** The id of the newest event; 0 where there is none. */
export async function lastEventId(db: Kysely<DB>): Promise<string> {
  const row = await db
    .selectFrom('story_task_events')
    .select((eb) => eb.fn.coalesce(eb.fn.max<string>('id'), sql<string>`0`).as('id'))
    .executeTakeFirstOrThrow();
  return row.id;
}

function badCursor(): StoryTreeError {
  return new StoryTreeError('bad_request', 'The cursor is none that a page of tasks has given: leave it out to begin.');
}
