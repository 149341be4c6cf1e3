import { createTestDatabase, lockWaiters } from '@story-tree/testkit/database/database.ts';
import {
  failure,
  fillPool,
  HOSTILE_TEXT,
  HOSTILE_TEXT_STORED,
  line,
  NO_SUCH_ID,
  queuedTask,
  runningTask,
} from '@story-tree/testkit/database/fixtures.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../connect.ts';
import { createStoryLeases } from '../leases.ts';
import { createStoryRepositories } from '../repositories/index.ts';
import { createStoryTaskRun } from './storyTaskRun.ts';
import { createStoryTasksRepository } from './storyTasks.ts';

let database: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  await fillPool(database);
});
afterAll(() => database.close());

const tasks = () => createStoryTasksRepository(database.kysely);
const leases = () => createStoryLeases(database.kysely, { renewEveryMs: 60_000 });
const stepsOf = async (taskId: string) => (await tasks().events(taskId, 100)).map(({ step }) => step).toReversed();
const drafts = (taskId: string) =>
  database.kysely.selectFrom('story_task_drafts').selectAll().where('task_id', '=', taskId).execute();

const OUTCOMES = [
  { status: 'succeeded' },
  { status: 'failed', error: { code: 'model_blocked', message: HOSTILE_TEXT } },
  { status: 'cancelled' },
] as const;

test('a write waits for an end under way, and is refused after it', async () => {
  const { taskId, run } = await runningTask(database.kysely);
  let refused: Promise<unknown> | undefined;
  await database.kysely.transaction().execute(async (tx) => {
    await createStoryTaskRun(tx, taskId).finish({ status: 'succeeded' }, line('succeeded'));
    refused = expect(run.record([line('late')])).rejects.toMatchObject(failure('task_ended'));
    await expect.poll(() => lockWaiters(database, 'record_story_task_events')).toBe(1);
  });
  await refused;
  expect(await stepsOf(taskId)).toEqual(['queued', 'started', 'succeeded']);
});

describe('a task that is not there or has ended', () => {
  const writesOf = (taskId: string) => {
    const run = createStoryTaskRun(database.kysely, taskId);
    return {
      start: () => run.start(line('started')),
      record: () => run.record([line('unit')]),
      finish: () => run.finish({ status: 'succeeded' }, line('succeeded')),
    };
  };

  test('takes no write', async () => {
    for (const write of Object.values(writesOf(NO_SUCH_ID))) {
      await expect(write()).rejects.toMatchObject(failure('not_found'));
    }
    for (const outcome of OUTCOMES) {
      const { taskId, run } = await runningTask(database.kysely);
      await run.finish(outcome, line(outcome.status));
      const before = await tasks().events(taskId, 100);
      for (const write of Object.values(writesOf(taskId))) {
        await expect(write()).rejects.toMatchObject(failure('task_ended'));
      }
      expect(await tasks().events(taskId, 100)).toEqual(before);
    }
  });

  test('takes no draft', async () => {
    const { taskId, run } = await runningTask(database.kysely);
    await run.finish({ status: 'succeeded' }, line('succeeded'));
    await run.draft({ turn: 1, text: 'late' });
    expect(await drafts(taskId)).toEqual([]);
  });
});

describe('start', () => {
  test('takes a queued task', async () => {
    const { taskId, run } = await queuedTask(database.kysely);
    const task = await run.start(line('started', { progress: 3 }));
    expect(task).toMatchObject({ id: taskId, status: 'running', progress: 3, startedAt: expect.any(Date) });
    expect(await tasks().get(taskId)).toEqual(task);
    expect(await stepsOf(taskId)).toEqual(['queued', 'started']);
  });

  test('takes over what a worker that died has left', async () => {
    const { taskId, run } = await runningTask(database.kysely);
    await run.record([line('unit', { progress: 40 })]);
    await run.draft({ turn: 1, text: 'half a' });
    const before = await tasks().get(taskId);
    const task = await createStoryTaskRun(database.kysely, taskId).start(line('resumed', { progress: 0 }));
    expect(task).toEqual(before);
    expect(await drafts(taskId)).toEqual([]);
    expect(await stepsOf(taskId)).toEqual(['queued', 'started', 'unit', 'resumed']);
  });
});

describe('record', () => {
  test('stores all or nothing', async () => {
    const { taskId, run } = await runningTask(database.kysely);
    const refused = run.record([line('fine', { progress: 50 }), line('too much', { progress: 101 })]);
    await expect(refused).rejects.toMatchObject(failure('internal'));
    expect(await stepsOf(taskId)).toEqual(['queued', 'started']);
    expect(await tasks().get(taskId)).toMatchObject({ progress: 0 });
  });

  test('keeps the order, the text and the greatest progress', async () => {
    const { storyId, taskId, run } = await runningTask(database.kysely);
    const task = await run.record([
      line('b', { message: HOSTILE_TEXT, payload: { text: HOSTILE_TEXT } }),
      line('a', { progress: 66.6, eventType: 'info' }),
      line('c', { progress: 12, eventType: 'error' }),
    ]);
    expect(task.progress).toBe(66);
    const events = (await tasks().events(taskId, 3)).toReversed();
    expect(events).toMatchObject([
      { step: 'b', message: HOSTILE_TEXT_STORED, payload: { text: HOSTILE_TEXT_STORED }, storyId },
      { step: 'a', eventType: 'info', payload: null },
      { step: 'c', eventType: 'error' },
    ]);
    const ids = events.map(({ id }) => Number(id));
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  });

  test('of nothing changes nothing', async () => {
    const { taskId, run } = await runningTask(database.kysely);
    expect(await run.record([])).toEqual(await tasks().get(taskId));
  });

  test('works for a queued task, too', async () => {
    const { taskId, run } = await queuedTask(database.kysely);
    expect(await run.record([line('waiting')])).toMatchObject({ status: 'queued' });
    expect(await stepsOf(taskId)).toEqual(['queued', 'waiting']);
  });
});

describe('finish', () => {
  test('of a queued task is a bug, unless it is cancelled', async () => {
    const { run } = await queuedTask(database.kysely);
    for (const outcome of OUTCOMES.slice(0, 2)) {
      await expect(run.finish(outcome, line('end'))).rejects.toMatchObject(failure('internal'));
    }
    expect(await run.finish({ status: 'cancelled' }, line('end'))).toMatchObject({ status: 'cancelled' });
  });

  test.each(OUTCOMES)('stores how it ended: $status', async (outcome) => {
    const { taskId, run } = await runningTask(database.kysely);
    await run.record([line('unit', { progress: 40 })]);
    await run.draft({ turn: 1, text: 'half a' });
    const task = await run.finish(outcome, line(outcome.status, { progress: 90 }));
    expect(task).toMatchObject({
      status: outcome.status,
      progress: outcome.status === 'succeeded' ? 100 : 40,
      error: outcome.status === 'failed' ? { code: 'model_blocked', message: HOSTILE_TEXT_STORED } : null,
      finishedAt: expect.any(Date),
    });
    expect(await tasks().get(taskId)).toEqual(task);
    expect((await stepsOf(taskId)).at(-1)).toBe(outcome.status);
    expect(await drafts(taskId)).toEqual([]);
  });
});

describe('draft', () => {
  test('is replaced, and taken away', async () => {
    const { storyId, taskId, run } = await runningTask(database.kysely);
    await run.draft({ turn: 1, text: 'Once' });
    await run.draft({ turn: 1, text: `Once ${HOSTILE_TEXT}` });
    const stored = { task_id: taskId, story_id: storyId, turn: 1, text: `Once ${HOSTILE_TEXT_STORED}` };
    expect(await drafts(taskId)).toEqual([stored]);
    await run.draft(null);
    expect(await drafts(taskId)).toEqual([]);
  });

  test('is removed by the line that holds the final text', async () => {
    const { taskId, run } = await runningTask(database.kysely);
    await run.draft({ turn: 1, text: 'Once' });
    await run.record([line('unit')]);
    expect(await drafts(taskId)).toHaveLength(1);
    await run.record([line('model', { eventType: 'chat_message' })]);
    expect(await drafts(taskId)).toEqual([]);
  });

  test('makes no other writer wait', async () => {
    const { run } = await runningTask(database.kysely);
    await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        n % 3 === 0 ? run.record([line('model', { eventType: 'chat_message' })]) : run.draft({ turn: 1, text: `${n}` }),
      ),
    );
  });
});

describe('under a lease', () => {
  async function leasedTask() {
    const { storyId, taskId } = await queuedTask(database.kysely);
    const lease = await leases().acquire(storyId, 'a worker');
    return { storyId, taskId, lease, run: createStoryTaskRun(database.kysely, taskId, lease) };
  }

  test.each(OUTCOMES)('a task that ends gives its story back: $status', async (outcome) => {
    const { storyId, run } = await leasedTask();
    await run.start(line('started'));
    expect(await leases().holder(storyId)).toBe('a worker');
    await run.finish(outcome, line('end'));
    expect(await leases().holder(storyId)).toBeNull();
    await expect(run.record([line('late')])).rejects.toMatchObject(failure('lease_lost'));
  });

  test('a task that cannot be ended keeps its story', async () => {
    const { storyId, run } = await leasedTask();
    await expect(run.finish({ status: 'succeeded' }, line('end'))).rejects.toMatchObject(failure('internal'));
    expect(await leases().holder(storyId)).toBe('a worker');
  });

  test.each([
    [
      'was released',
      (storyId: string) => sql`delete from story_leases where story_id = ${storyId}`.execute(database.kysely),
    ],
    [
      'went to somebody else',
      (storyId: string) =>
        sql`
        update story_leases set fence = nextval('story_lease_fences') where story_id = ${storyId}
      `.execute(database.kysely),
    ],
  ])('that %s, not one write goes through', async (_how, lose) => {
    const { storyId, taskId, run } = await leasedTask();
    await run.start(line('started'));
    await run.draft({ turn: 1, text: 'before' });
    await lose(storyId);
    const before = await tasks().get(taskId);
    const writes = [
      run.start(line('x')),
      run.record([line('x')]),
      run.finish({ status: 'succeeded' }, line('x')),
      run.draft({ turn: 1, text: 'after' }),
      run.draft(null),
    ];
    for (const write of await Promise.allSettled(writes)) {
      expect(write).toMatchObject({ status: 'rejected', reason: failure('lease_lost') });
    }
    expect(await tasks().get(taskId)).toEqual(before);
    expect(await stepsOf(taskId)).toEqual(['queued', 'started']);
    expect(await drafts(taskId)).toMatchObject([{ text: 'before' }]);
  });

  test('of another story, nothing can be written', async () => {
    const [one, other] = [await leasedTask(), await leasedTask()];
    const start = createStoryTaskRun(database.kysely, one.taskId, other.lease).start(line('started'));
    await expect(start).rejects.toMatchObject(failure('lease_lost'));
  });

  test('the holder writes, also once its task has marked the story as deleted', async () => {
    const { storyId, taskId, lease, run } = await leasedTask();
    await run.start(line('started'));
    await createStoryRepositories(database.kysely, lease).stories.markDeleted(storyId);
    await run.record([line('deleted')]);
    await run.finish({ status: 'succeeded' }, line('succeeded'));
    await lease.release();
    expect(await stepsOf(taskId)).toEqual(['queued', 'started', 'deleted', 'succeeded']);
  });
});

test('writers of many tasks at once, each with its lease, never lock each other out', async () => {
  const all = await Promise.all(Array.from({ length: 8 }, () => runningTask(database.kysely)));
  await Promise.all(
    all.flatMap(({ taskId, run }) => [
      ...Array.from({ length: 10 }, (_, n) => run.record([line('a', { progress: n }), line('b', { progress: n * 5 })])),
      tasks().cancel(taskId),
    ]),
  );
  for (const { taskId, run } of all) {
    expect(await run.finish({ status: 'cancelled' }, line('cancelled'))).toMatchObject({ progress: 45 });
    expect(await tasks().events(taskId, 100)).toHaveLength(24);
  }
});
