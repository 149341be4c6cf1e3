import {
  type InlineChange,
  type NewStoryTask,
  type NewStoryTaskEvent,
  type StoryTasksRepository,
  StoryTreeError,
  type Submitted,
  UNSTOPPABLE_OPERATIONS,
} from '@story-tree/domain';
import { type Kysely, sql } from 'kysely';
import { interval } from '../keepLease.ts';
import { isUuid, mapErrors, storyNotFound } from '../repositories/storyAccess.ts';
import type { DB } from '../schema.ts';
import { toJson } from '../storable.ts';
import { changeTask, type TaskRow, toLines, toTask } from './rows.ts';
import {
  activeTasks,
  chatHistory,
  eventsOfTask,
  findTask,
  lastEventId,
  listTasks,
  overviewOfTasks,
} from './taskQueries.ts';

const QUEUED: NewStoryTaskEvent = { eventType: 'info', step: 'queued', message: 'Queued.' };
const CANCELLED: NewStoryTaskEvent = { eventType: 'info', step: 'cancelled', message: 'Cancelled before it began.' };
const STALLED: NewStoryTaskEvent = {
  eventType: 'info',
  step: 'stalled',
  message: 'The worker of this task has stopped. The next one that is free resumes it.',
};
const CANCEL_REQUESTED: NewStoryTaskEvent = { eventType: 'info', step: 'cancel-requested', message: 'Asked to stop.' };

/** Small enough that no statement runs into its timeout, whatever has piled up. */
const BATCH = 5_000;

/** A task without a worker that was handed back, or is to be tried again, is given this long to be taken up. */
const PATIENCE_MS = 30_000;

/**
 * Story tasks as seen by those who ask for them: submitting, cancelling, listing, and removing old ones.
 *
 * Every method rejects with a `StoryTreeError`: `not_found`, `story_busy`, `task_ended` and the like for a broken rule,
 * `database_unavailable` while the database is away.
 */
export function createStoryTasksRepository(db: Kysely<DB>): StoryTasksRepository {
  return {
    enqueue: (task, story) =>
      mapErrors(() => {
        const change = story === undefined ? undefined : ({ kind: 'create-story', story } as const);
        return submitTask(db, { task, status: 'queued', change, lines: [QUEUED] });
      }),

    completeInline: (task, change) =>
      mapErrors(() => submitTask(db, { task, status: 'succeeded', change, lines: [QUEUED, doneLine(change)] })),

    cancel: (taskId) =>
      mapErrors(async () => {
        if (!isUuid(taskId)) throw taskNotFound(taskId);
        const lines = sql.join([toLines([CANCELLED]), toLines([CANCEL_REQUESTED])]);
        return await changeTask(db, sql`public.cancel_story_task(${taskId}, ${lines}, ${UNSTOPPABLE_OPERATIONS})`);
      }),

    get: (taskId) => mapErrors(() => findTask(db, taskId)),
    events: (taskId, limit, before) => mapErrors(() => eventsOfTask(db, { taskId, limit, before })),
    list: (storyId, page) => mapErrors(() => listTasks(db, storyId, page)),
    overview: (page) => mapErrors(() => overviewOfTasks(db, page)),
    chatHistory: (storyId) => mapErrors(() => chatHistory(db, storyId)),
    cursor: () => mapErrors(() => lastEventId(db)),
    listActive: () => mapErrors(() => activeTasks(db)),
    tellStalled: () => mapErrors(() => tellStalledTasks(db)),
    deletedStories: () => mapErrors(() => deletedStories(db)),
    prune: (keptMs) => mapErrors(() => pruneTasks(db, keptMs)),
  };
}

interface Submission {
  task: NewStoryTask;
  status: 'queued' | 'succeeded';
  /** Made with the task, all or nothing. */
  change?: InlineChange | undefined;
  /** The first lines of the task's log. */
  lines: readonly NewStoryTaskEvent[];
}

/** Stores a task, unless the caller's key belongs to an earlier one: one statement, one transaction, one round trip. */
async function submitTask(db: Kysely<DB>, { task, status, change, lines }: Submission): Promise<Submitted> {
  if (task.storyId !== null && !isUuid(task.storyId)) throw storyNotFound(task.storyId);
  const { rows } = await sql<TaskRow & { created: boolean }>`
    select created, (submitted.task).*
    from public.submit_story_task(${toJson(task)}, ${status}, ${toJson(change)}, ${toLines(lines)}) as submitted
  `.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('the task that a key stands for was removed just now');
  return { task: toTask(row), created: row.created };
}

/** The log line that says what an inline operation did. */
function doneLine(change: InlineChange): NewStoryTaskEvent {
  return { eventType: 'info', step: 'succeeded', message: sentence(change) };
}

function sentence(change: InlineChange): string {
  switch (change.kind) {
    case 'create-story':
      return 'The story was created.';
    case 'rename-story':
      return `The story is now called “${change.displayName}”.`;
    case 'restore-constitution':
      // SQL puts the new version's number in the place of %s.
      return `Version ${change.version} of the constitution was restored as version %s.`;
    default:
      return change satisfies never;
  }
}

/** @returns how many tasks were found */
async function tellStalledTasks(db: Kysely<DB>): Promise<number> {
  for (let count = 0; ; count += 1) {
    const { rows } = await sql<{ told: boolean }>`
      select public.tell_stalled_story_task(${toLines([STALLED])}, ${interval(PATIENCE_MS)}) as told
    `.execute(db);
    if (rows[0]?.told !== true) return count;
  }
}

/** The ids of stories that were deleted and whose rows still exist. */
async function deletedStories(db: Kysely<DB>): Promise<string[]> {
  const rows = await db.selectFrom('stories').select('id').where('deleted_at', 'is not', null).execute();
  return rows.map(({ id }) => id);
}

/**
 * Forgets what nobody needs any more of tasks that ended more than `keptMs` milliseconds ago, by the database's clock: the
 * lines of their logs, apart from chats and each last line, and their idempotency keys. Stories that were deleted before
 * that, and had no task since, go with their tasks; what they cost stays.
 * @returns how many lines and stories went
 */
async function pruneTasks(db: Kysely<DB>, keptMs: number): Promise<{ events: number; stories: number }> {
  const kept = interval(keptMs);
  let events = 0;
  for (let batch = BATCH; batch === BATCH; events += batch) {
    const { rows } = await sql<{ forgotten: number }>`
      select public.forget_story_task_events(${kept}, ${BATCH}) as forgotten
    `.execute(db);
    batch = rows[0]?.forgotten ?? 0;
  }
  await sql`delete from public.story_task_keys where created_at < now() - ${kept}`.execute(db);
  const { numAffectedRows } = await sql`
    delete from public.stories where deleted_at < now() - ${kept} and not exists (
      select from public.story_tasks
      where story_id = stories.id and coalesce(finished_at, 'infinity') >= now() - ${kept}
    )
  `.execute(db);
  return { events, stories: Number(numAffectedRows ?? 0n) };
}

function taskNotFound(taskId: string): StoryTreeError {
  return new StoryTreeError('not_found', `There is no task ${taskId}. Check the id against the story's list of tasks.`);
}
