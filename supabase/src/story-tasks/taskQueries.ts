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

interface EventPage {
  taskId: string;
  limit: number;
  /** The id of the first event that is not wanted any more. */
  before: string | undefined;
}

/** Newest first. */
export async function eventsOfTask(db: Kysely<DB>, { taskId, limit, before }: EventPage): Promise<StoryTaskEvent[]> {
  if (!isUuid(taskId)) return [];
  const rows = await db
    .selectFrom('story_task_events')
    .selectAll()
    .where('task_id', '=', taskId)
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
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

/** A page's cursor is the id of its last task. In one statement, so that a task that ends meanwhile is not overlooked. */
export async function overviewOfTasks(
  db: Kysely<DB>,
  { limit, cursor }: Parameters<StoryTasksRepository['overview']>[0],
): Promise<StoryTaskPage> {
  if (cursor !== undefined && !isUuid(cursor)) throw badCursor();
  const rows = await db
    .selectFrom('story_tasks')
    .selectAll()
    .where((eb) => {
      const isNext = eb('id', 'in', nextEnded(db, limit, cursor));
      return cursor === undefined ? eb.or([eb('status', 'in', ACTIVE), isNext]) : isNext;
    })
    .orderBy('finished_at', (order) => order.desc().nullsFirst())
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  const ended = rows.filter(({ finished_at }) => finished_at !== null);
  if (ended.length <= limit) return { tasks: rows.map(toTask), nextCursor: null };
  return { tasks: rows.slice(0, -1).map(toTask), nextCursor: ended[limit - 1]?.id ?? null };
}

/** The ids of a page of ended tasks, and one more when there is a page after it. */
function nextEnded(db: Kysely<DB>, limit: number, cursor: string | undefined) {
  return db
    .selectFrom('story_tasks')
    .select('id')
    .where('finished_at', 'is not', null)
    .$if(cursor !== undefined, (query) =>
      query.where(
        sql<boolean>`(finished_at, created_at, id) <
          (select finished_at, created_at, id from public.story_tasks where id = ${cursor})`,
      ),
    )
    .orderBy('finished_at', 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
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
  return new StoryTreeError(
    'bad_request',
    'The cursor does not come from a page of tasks: leave it out to start from the first page.',
  );
}
