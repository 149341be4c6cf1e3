import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase } from '@story-tree/testkit/database/database.ts';
import {
  failure,
  fillPool,
  line,
  NO_SUCH_ID,
  newStory,
  newTask,
  queuedTask,
  runningTask,
} from '@story-tree/testkit/database/fixtures.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../connect.ts';
import { createStoryRepositories } from '../repositories/index.ts';
import { createStoryTaskRun } from './storyTaskRun.ts';
import { createStoryTasksRepository } from './storyTasks.ts';

let database: Database;
let tasks: ReturnType<typeof createStoryTasksRepository>;
let stories: ReturnType<typeof createStoryRepositories>['stories'];

beforeAll(async () => {
  database = await createTestDatabase();
  await fillPool(database);
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

describe('what is not there', () => {
  test.each([NO_SUCH_ID, 'no-uuid', ''])('is not found: %j', async (id) => {
    expect(await tasks.get(id)).toBeNull();
    expect(await tasks.events(id, 10)).toEqual([]);
    expect(await tasks.chatHistory(id)).toEqual([]);
    expect(await tasks.list(id, { state: 'all', limit: 10 })).toEqual({ tasks: [], nextCursor: null });
    await expect(tasks.cancel(id)).rejects.toMatchObject(failure('not_found'));
  });

  test('a cursor that no page gave is refused', async () => {
    const { storyId } = await endedTasks(1);
    const page = tasks.list(storyId, { state: 'all', limit: 10, cursor: "' or true --" });
    await expect(page).rejects.toMatchObject(failure('bad_request'));
  });
});

describe('cancel', () => {
  test('is refused once the task has ended', async () => {
    const { taskId } = await queuedTask(database.kysely);
    await tasks.cancel(taskId);
    await expect(tasks.cancel(taskId)).rejects.toMatchObject(failure('task_ended'));
    expect(await tasks.events(taskId, 10)).toHaveLength(2);
  });

  test('ends a queued task', async () => {
    const { taskId } = await queuedTask(database.kysely);
    expect(await tasks.cancel(taskId)).toMatchObject({ status: 'cancelled', finishedAt: expect.any(Date) });
    expect((await tasks.events(taskId, 1))[0]).toMatchObject({ step: 'cancelled', eventType: 'info' });
  });

  test('asks a running task to stop, once', async () => {
    const { taskId } = await runningTask(database.kysely);
    const asked = await tasks.cancel(taskId);
    expect(asked).toMatchObject({ status: 'running', cancelRequestedAt: expect.any(Date) });
    expect(await tasks.cancel(taskId)).toEqual(asked);
    expect(await tasks.events(taskId, 1)).toMatchObject([{ step: 'cancel-requested' }]);
    expect(await tasks.events(taskId, 10)).toHaveLength(3);
  });

  test('comes too late for an operation that is carried out once it has begun', async () => {
    const { id: storyId } = await stories.create(newStory());
    const { task } = await tasks.enqueue(newTask(storyId, { operation: 'DELETE_STORY', payload: {} }));
    await createStoryTaskRun(database.kysely, task.id).start(line('started'));
    await expect(tasks.cancel(task.id)).rejects.toMatchObject(failure('task_unstoppable'));
    expect(await tasks.get(task.id)).toMatchObject({ status: 'running', cancelRequestedAt: null });
    const other = await stories.create(newStory());
    const queued = await tasks.enqueue(newTask(other.id, { operation: 'DELETE_STORY', payload: {} }));
    expect(await tasks.cancel(queued.task.id)).toMatchObject({ status: 'cancelled' });
  });

  test('races with the start, and either way nothing is left in between', async () => {
    for (let n = 0; n < 10; n++) {
      const { taskId, run } = await queuedTask(database.kysely);
      const [start, cancelled] = await Promise.allSettled([run.start(line('started')), tasks.cancel(taskId)]);
      const task = await tasks.get(taskId);
      if (task?.status === 'cancelled')
        expect(start).toMatchObject({ status: 'rejected', reason: failure('task_ended') });
      else expect(task).toMatchObject({ status: 'running', cancelRequestedAt: expect.any(Date) });
      expect(cancelled.status).toBe('fulfilled');
    }
  });

  test('races with the end, and either way the end stands', async () => {
    for (let n = 0; n < 10; n++) {
      const { taskId, run } = await runningTask(database.kysely);
      const end = run.finish({ status: 'succeeded' }, line('succeeded'));
      const [cancelled] = await Promise.allSettled([tasks.cancel(taskId), end]);
      expect(await tasks.get(taskId)).toMatchObject({ status: 'succeeded' });
      if (cancelled.status === 'rejected') expect(cancelled.reason).toMatchObject(failure('task_ended'));
    }
  });
});

test('a task tells its times as they are stored', async () => {
  const { taskId, run } = await queuedTask(database.kysely);
  // Times are told to the millisecond, and no two of these may be the same.
  const aMomentLater = () => sleep(2);
  await aMomentLater();
  await run.start(line('begun'));
  await aMomentLater();
  await tasks.cancel(taskId);
  await aMomentLater();
  await run.finish({ status: 'cancelled' }, line('cancelled'));
  const row = await database.kysely
    .selectFrom('story_tasks')
    .select(['created_at', 'started_at', 'finished_at', 'cancel_requested_at'])
    .where('id', '=', taskId)
    .executeTakeFirstOrThrow();
  expect(await tasks.get(taskId)).toMatchObject({
    ...{ createdAt: row.created_at, startedAt: row.started_at },
    ...{ finishedAt: row.finished_at, cancelRequestedAt: row.cancel_requested_at },
  });
  expect(new Set(Object.values(row).map(Number)).size).toBe(4);
});

describe('lists', () => {
  test('give every task once, newest first, page by page', async () => {
    const { storyId, ids } = await endedTasks(7);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await tasks.list(storyId, { state: 'recent', limit: 3, ...(cursor === null ? {} : { cursor }) });
      seen.push(...page.tasks.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(ids.toReversed());
  });

  test('know active from ended ones', async () => {
    const { storyId, ids } = await endedTasks(2);
    const { task } = await tasks.enqueue(newTask(storyId));
    const idsOf = async (state: 'active' | 'recent' | 'all') =>
      (await tasks.list(storyId, { state, limit: 10 })).tasks.map(({ id }) => id);
    expect(await idsOf('active')).toEqual([task.id]);
    expect(await idsOf('recent')).toEqual(ids.toReversed());
    expect(await idsOf('all')).toEqual([task.id, ...ids.toReversed()]);
    expect((await tasks.listActive()).at(-1)?.id).toBe(task.id);
  });

  test('stay when the story is deleted', async () => {
    const { storyId } = await endedTasks(2);
    await stories.markDeleted(storyId);
    expect((await tasks.list(storyId, { state: 'all', limit: 10 })).tasks).toHaveLength(2);
  });

  test('of all stories: active ones all, then the newest that ended', async () => {
    const { ids } = await endedTasks(3);
    const running = await runningTask(database.kysely);
    const queued = await queuedTask(database.kysely);
    const active = (await tasks.listActive()).map(({ id }) => id);
    const overview = await tasks.overview({ limit: 2 });
    expect(active.slice(-2)).toEqual([running.taskId, queued.taskId]);
    expect(overview.tasks.map(({ id }) => id)).toEqual([...active.toReversed(), ids[2], ids[1]]);
    expect(overview.nextCursor).toBe(ids[1]);
    expect((await tasks.overview({ limit: 0 })).tasks.map(({ id }) => id)).toEqual(active.toReversed());
  });

  test('of all stories: go on to the first task that ended, each once', async () => {
    await endedTasks(4);
    await queuedTask(database.kysely);
    const { rows } = await database.pool.query<{ id: string }>(
      'select id from public.story_tasks where finished_at is not null order by finished_at desc',
    );
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await tasks.overview({ limit: 3, ...(cursor === null ? {} : { cursor }) });
      seen.push(...page.tasks.filter(({ finishedAt }) => finishedAt !== null).map(({ id }) => id));
      if (cursor !== null) expect(page.tasks.length).toBeLessThanOrEqual(3);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(rows.map(({ id }) => id));
  });

  test('begin nowhere but where a page has ended', async () => {
    await expect(tasks.overview({ limit: 3, cursor: 'x' })).rejects.toMatchObject(failure('bad_request'));
  });
});

describe('the log', () => {
  test('gives the newest lines first', async () => {
    const { taskId, run } = await runningTask(database.kysely);
    await run.record([line('one'), line('two'), line('three')]);
    expect((await tasks.events(taskId, 2)).map(({ step }) => step)).toEqual(['three', 'two']);
    expect(await tasks.events(taskId, 100)).toHaveLength(5);
  });

  test('knows all that was said about a story, oldest first', async () => {
    const { storyId, taskId, run } = await runningTask(database.kysely);
    const said = (role: string, turn: number) => line(role, { eventType: 'chat_message', payload: { role, turn } });
    await run.record([said('user', 1), line('called'), said('model', 1)]);
    await run.finish({ status: 'succeeded' }, line('succeeded'));
    const { task } = await tasks.enqueue(newTask(storyId));
    const next = createStoryTaskRun(database.kysely, task.id);
    await next.start(line('started'));
    await next.record([said('user', 1)]);
    const history = await tasks.chatHistory(storyId);
    expect(history.map((event) => [event.taskId, event.step])).toEqual([
      [taskId, 'user'],
      [taskId, 'model'],
      [task.id, 'user'],
    ]);
    expect(history[1]?.payload).toEqual({ role: 'model', turn: 1 });
  });

  test('has a cursor at its end', async () => {
    const { taskId, run } = await runningTask(database.kysely);
    await run.record([line('last')]);
    expect(await tasks.cursor()).toBe((await tasks.events(taskId, 1))[0]?.id);
  });
});

test('where nothing has happened, the cursor stands before all', async () => {
  const empty = await createTestDatabase();
  expect(await createStoryTasksRepository(empty.kysely).cursor()).toBe('0');
  await empty.close();
});
