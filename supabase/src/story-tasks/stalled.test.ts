import { taskHolder } from '@story-tree/domain';
import { createTestDatabase } from '@story-tree/testkit/database/database.ts';
import { queuedTask, runningTask } from '@story-tree/testkit/database/fixtures.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../connect.ts';
import { createStoryRepositories } from '../repositories/index.ts';
import { takeUpStoryTask } from './storyTaskRun.ts';
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

const newest = async (taskId: string) => (await tasks.events(taskId, 1))[0];

/** A task at work under a lease, as a worker has it. */
async function atWork(ttlMs: number) {
  const { taskId, storyId } = await queuedTask(database.kysely);
  const taken = await takeUpStoryTask(database.kysely, { taskId, holder: taskHolder(taskId), ttlMs });
  return { taskId, storyId, lease: taken?.lease };
}

/** As if the worker had been killed, or stood still. */
const expire = (storyId: string) =>
  sql`update story_leases set expires_at = now() - interval '1 s' where story_id = ${storyId}`.execute(database.kysely);

test('a task that nobody works on is told once, in its log and in its row, until it is taken up again', async () => {
  const { taskId, storyId, lease } = await atWork(60_000);
  await tasks.tellStalled();
  expect(await tasks.get(taskId)).toMatchObject({ status: 'running', stalledAt: null });
  await expire(storyId);
  expect((await Promise.all([tasks.tellStalled(), tasks.tellStalled(), tasks.tellStalled()])).toSorted()).toEqual([
    0, 0, 1,
  ]);
  expect(await tasks.get(taskId)).toMatchObject({ status: 'running', stalledAt: expect.any(Date) });
  expect(await newest(taskId)).toMatchObject({ step: 'stalled', message: expect.stringContaining('resumes it') });
  const again = await takeUpStoryTask(database.kysely, { taskId, holder: taskHolder(taskId), ttlMs: 60_000 });
  expect(again?.task).toMatchObject({ status: 'running', stalledAt: null });
  await again?.lease?.release();
  await lease?.release();
});

test('it is at work again when a worker that stood still renews its lease', async () => {
  const { taskId, storyId, lease } = await atWork(300);
  await expire(storyId);
  await tasks.tellStalled();
  await expect.poll(() => tasks.get(taskId), { timeout: 10_000 }).toMatchObject({ stalledAt: null });
  await lease?.release();
});

test('it is not told while it is about to be tried again, nor when its story is deleted', async () => {
  const { taskId } = await runningTask(database.kysely);
  const gone = await runningTask(database.kysely);
  await stories.markDeleted(gone.storyId);
  await sql`alter table story_task_events disable trigger user`.execute(database.kysely);
  await sql`update story_task_events set created_at = created_at - interval '1 h' where task_id = ${gone.taskId}`.execute(
    database.kysely,
  );
  expect(await tasks.tellStalled()).toBe(0);
  await sql`update story_task_events set created_at = created_at - interval '1 h' where task_id = ${taskId}`.execute(
    database.kysely,
  );
  await sql`alter table story_task_events enable trigger user`.execute(database.kysely);
  expect(await tasks.tellStalled()).toBe(1);
  expect(await newest(taskId)).toMatchObject({ step: 'stalled' });
});
