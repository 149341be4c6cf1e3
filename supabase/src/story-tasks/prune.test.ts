import { createTestDatabase } from '@story-tree/testkit/database/database.ts';
import {
  line,
  newCall,
  newStory,
  newTask,
  OUTCOME,
  queuedTask,
  runningTask,
} from '@story-tree/testkit/database/fixtures.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../connect.ts';
import { createModelCallJournal } from '../journal.ts';
import { createStoryRepositories } from '../repositories/index.ts';
import { createStoryTaskRun } from './storyTaskRun.ts';
import { createStoryTasksRepository } from './storyTasks.ts';

let database: Database;
let tasks: ReturnType<typeof createStoryTasksRepository>;
let stories: ReturnType<typeof createStoryRepositories>['stories'];

beforeAll(async () => {
  database = await createTestDatabase();
  tasks = createStoryTasksRepository(database.kysely);
  stories = createStoryRepositories(database.kysely).stories;
});
afterAll(() => database.close());

/** Ended tasks of one story, from the oldest. */
async function endedTasks(count: number) {
  const { id: storyId } = await stories.create(newStory());
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    const { task } = await tasks.enqueue(newTask(storyId, { exclusive: false }));
    await tasks.cancel(task.id);
    ids.push(task.id);
  }
  return { storyId, ids };
}

/** Goes past the rules of the tables, which let nothing be written into the past. */
async function age(table: 'story_tasks' | 'stories', ids: readonly string[], column: string, days: number) {
  await database.kysely.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql`
      update ${sql.table(table)} set ${sql.ref(column)} = now() - make_interval(days => ${days}) where id = any(${ids})
    `.execute(tx);
  });
}

const MONTH_MS = 30 * 24 * 3600 * 1000;

const stepsOf = async (id = '') => (await tasks.events(id, 10)).map(({ step }) => step).reverse();

test('forgets the logs of what ended long ago but for their ends, and nothing else', async () => {
  const old = await endedTasks(2);
  const fresh = await endedTasks(1);
  const active = await queuedTask(database.kysely);
  await age('story_tasks', old.ids, 'finished_at', 31);
  await age('story_tasks', [active.taskId], 'created_at', 31);
  expect(await tasks.prune(MONTH_MS)).toEqual({ events: 2, stories: 0 });
  for (const id of old.ids) expect(await stepsOf(id)).toEqual(['cancelled']);
  expect(await tasks.get(old.ids[0] ?? '')).toMatchObject({ status: 'cancelled' });
  expect(await stepsOf(fresh.ids[0])).toEqual(['queued', 'cancelled']);
  expect(await stepsOf(active.taskId)).toEqual(['queued']);
  expect(await tasks.prune(MONTH_MS)).toEqual({ events: 0, stories: 0 });
});

test('keeps what was said in the chats of a living story', async () => {
  const { taskId, storyId } = await runningTask(database.kysely);
  const run = createStoryTaskRun(database.kysely, taskId);
  const said = {
    eventType: 'chat_message',
    step: 'chat',
    message: 'More rain',
    payload: { role: 'user', turn: 1 },
  } as const;
  await run.record([said, line('call-started')]);
  await run.finish({ status: 'succeeded' }, line('succeeded'));
  await age('story_tasks', [taskId], 'finished_at', 31);
  await tasks.prune(MONTH_MS);
  expect(await stepsOf(taskId)).toEqual(['chat', 'succeeded']);
  expect(await tasks.chatHistory(storyId)).toMatchObject([{ message: 'More rain' }]);
});

test('removes deleted stories with their tasks, once those ended long ago, and keeps what they cost', async () => {
  const rows = async (storyId: string) =>
    (await database.kysely.selectFrom('stories').select('id').where('id', '=', storyId).execute()).length;
  const { storyId, ids } = await endedTasks(2);
  const journal = createModelCallJournal(database.kysely);
  const identity = newCall(storyId, { runId: ids[0] ?? '' });
  const callId = await journal.start(identity, { prompt: 'A secret garden' }, new Map([['hash', 'A secret text']]));
  await journal.commit(callId, { text: 'A secret reply' }, { ...OUTCOME, costUsd: 1.5 });
  await stories.markDeleted(storyId);
  await age('stories', [storyId], 'deleted_at', 31);
  await age('story_tasks', ids.slice(0, 1), 'finished_at', 31);
  await tasks.prune(MONTH_MS);
  expect(await rows(storyId)).toBe(1);
  expect(await tasks.deletedStories()).toContain(storyId);
  await age('story_tasks', ids.slice(1), 'finished_at', 31);
  expect(await tasks.prune(MONTH_MS)).toMatchObject({ stories: 1 });
  expect(await rows(storyId)).toBe(0);
  expect(await tasks.get(ids[0] ?? '')).toBeNull();
  expect(await tasks.deletedStories()).not.toContain(storyId);
  expect(await journal.summarize({ runId: ids[0] ?? '' })).toMatchObject([{ calls: 1, costUsd: 1.5 }]);
  const { rows: kept } = await sql`select model_calls::text as text from model_calls`.execute(database.kysely);
  expect(JSON.stringify(kept)).not.toContain('secret');
});

test('leaves the row of a story that was deleted lately', async () => {
  const { id } = await stories.create(newStory());
  await stories.markDeleted(id);
  await tasks.prune(MONTH_MS);
  expect(await database.kysely.selectFrom('stories').select('id').where('id', '=', id).execute()).toHaveLength(1);
});

test('gets through more than one batch', async () => {
  await sql`
    insert into story_tasks (operation, status, requested_by)
    select 'X', 'succeeded', gen_random_uuid() from generate_series(1, 1200)
  `.execute(database.kysely);
  await sql`
    insert into story_task_events (task_id, event_type, step, message)
    select id, 'info', 'said', 'Said.' from story_tasks, generate_series(1, 6) where story_id is null
  `.execute(database.kysely);
  const old = await database.kysely.selectFrom('story_tasks').select('id').where('story_id', 'is', null).execute();
  await age(
    'story_tasks',
    old.map(({ id }) => id),
    'finished_at',
    31,
  );
  expect(await tasks.prune(MONTH_MS)).toMatchObject({ events: 6_000 });
});
