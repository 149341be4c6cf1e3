import { STORY_TASK_STATUSES, type StoryTaskStatus } from '@story-tree/domain';
import { createTestDatabase, lockWaiters } from '@story-tree/testkit/database/database.ts';
import { fillPool, line, newStory, newTask, queuedTask, runningTask } from '@story-tree/testkit/database/fixtures.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../connect.ts';
import { createStoryRepositories } from '../repositories/index.ts';
import { createStoryTaskRun } from './storyTaskRun.ts';
import { createStoryTasksRepository } from './storyTasks.ts';

let database: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  await fillPool(database);
});
afterAll(() => database.close());

/** As somebody would do it who goes past the repositories. */
function execute(statement: string) {
  return sql<Record<string, unknown>>`${sql.raw(statement)}`.execute(database.kysely);
}

async function taskRow(taskId: string) {
  return (await execute(`select * from story_tasks where id = '${taskId}'`)).rows[0];
}

const ENDED = ['succeeded', 'failed', 'cancelled'] as const;
const FAILURE = `'{"code": "internal", "message": "It broke."}'`;

/** A task that has come to the status on a way that is allowed. */
async function taskWith(status: StoryTaskStatus): Promise<string> {
  const { taskId, run } = status === 'queued' ? await queuedTask(database.kysely) : await runningTask(database.kysely);
  if (status === 'succeeded' || status === 'cancelled') await run.finish({ status }, line(status));
  if (status === 'failed') {
    await run.finish({ status, error: { code: 'internal', message: 'It broke.' } }, line(status));
  }
  return taskId;
}

function changeTo(taskId: string, status: StoryTaskStatus) {
  const error = status === 'failed' ? FAILURE : 'null';
  return execute(`update story_tasks set status = '${status}', error = ${error} where id = '${taskId}'`);
}

describe('a task begins', () => {
  const insert = (status: string) =>
    execute(`
      insert into story_tasks (operation, status, requested_by, progress, cancel_requested_at, started_at, finished_at, error)
      values ('X', '${status}', gen_random_uuid(), 7, now(), now(), now(), ${status === 'failed' ? FAILURE : 'null'})
      returning *
    `);

  test.each(['running', 'failed', 'cancelled', 'nonsense'])('not as %s', async (status) => {
    await expect(insert(status)).rejects.toMatchObject({ code: 'ST004' });
  });

  test('as queued, with nothing done, whatever else is said', async () => {
    expect((await insert('queued')).rows).toMatchObject([
      { progress: 0, started_at: null, finished_at: null, cancel_requested_at: null, created_at: expect.any(Date) },
    ]);
  });

  test('as succeeded, with all done', async () => {
    const [row] = (await insert('succeeded')).rows;
    expect(row).toMatchObject({ progress: 100, cancel_requested_at: null });
    expect(row?.started_at).toEqual(row?.created_at);
    expect(row?.finished_at).toEqual(row?.created_at);
  });
});

describe('a task goes', () => {
  const ALLOWED = new Set([
    ...['queued→queued', 'queued→running', 'queued→cancelled'],
    ...['running→running', 'running→succeeded', 'running→failed', 'running→cancelled'],
  ]);
  const pairs = STORY_TASK_STATUSES.flatMap((from) => STORY_TASK_STATUSES.map((to) => ({ from, to })));
  const allowed = pairs.filter(({ from, to }) => ALLOWED.has(`${from}→${to}`));
  const refused = pairs.filter(({ from, to }) => !ALLOWED.has(`${from}→${to}`));

  test.each(allowed)('from $from to $to', async ({ from, to }) => {
    const taskId = await taskWith(from);
    const before = await taskRow(taskId);
    await changeTo(taskId, to);
    const after = await taskRow(taskId);
    expect(after?.status).toBe(to);
    expect(after?.started_at === null).toBe(to === 'queued' || (from === 'queued' && to === 'cancelled'));
    expect(after?.finished_at === null).toBe(to === 'queued' || to === 'running');
    if (from === 'running') expect(after?.started_at).toEqual(before?.started_at);
  });

  test.each(refused)('not from $from to $to', async ({ from, to }) => {
    const taskId = await taskWith(from);
    const before = await taskRow(taskId);
    const code = (ENDED as readonly string[]).includes(from) ? 'ST003' : 'ST004';
    await expect(changeTo(taskId, to)).rejects.toMatchObject({ code });
    expect(await taskRow(taskId)).toEqual(before);
  });
});

describe('an ended task', () => {
  const changes = [
    ...['status = status', 'progress = 100', `error = ${FAILURE}`, 'cancel_requested_at = now()'],
    ...[`display_fields = '{}'`, 'finished_at = null', 'payload = payload'],
  ];

  test.each(ENDED.flatMap((status) => changes.map((change) => ({ status, change }))))(
    '$status: $change is refused',
    async ({ status, change }) => {
      const taskId = await taskWith(status);
      const before = await taskRow(taskId);
      const update = execute(`update story_tasks set ${change} where id = '${taskId}'`);
      await expect(update).rejects.toMatchObject({ code: 'ST003' });
      expect(await taskRow(taskId)).toEqual(before);
    },
  );

  test('does not move by an event that comes late', async () => {
    const taskId = await taskWith('cancelled');
    const before = await taskRow(taskId);
    await execute(`insert into story_task_events (task_id, event_type, step, message, progress_override)
      values ('${taskId}', 'progress', 'late', '', 90)`);
    expect(await taskRow(taskId)).toEqual(before);
  });

  test('does not move by an event that waited for its end', async () => {
    const taskId = await taskWith('running');
    let late: Promise<unknown> | undefined;
    await database.kysely.transaction().execute(async (tx) => {
      await sql`update story_tasks set status = 'cancelled' where id = ${taskId}`.execute(tx);
      late = execute(`insert into story_task_events (task_id, event_type, step, message, progress_override)
        values ('${taskId}', 'progress', 'late', '', 90)`);
      await expect.poll(() => lockWaiters(database, 'insert into story_task_events')).toBe(1);
    });
    await late;
    expect(await taskRow(taskId)).toMatchObject({ status: 'cancelled', progress: 0 });
  });
});

test.each([
  ...['id = gen_random_uuid()', `operation = 'OTHER'`, 'story_id = null', `payload = '{"other": 1}'`],
  ...['requested_by = gen_random_uuid()', 'exclusive = not exclusive', `created_at = now() - interval '1 day'`],
])('what a task is never changes: %s', async (change) => {
  for (const status of ['queued', 'running'] as const) {
    const taskId = await taskWith(status);
    const update = execute(`update story_tasks set ${change} where id = '${taskId}'`);
    await expect(update).rejects.toMatchObject({ code: 'ST005' });
  }
});

describe('progress', () => {
  const setProgress = (taskId: string, progress: number) =>
    execute(`update story_tasks set progress = ${progress} where id = '${taskId}'`);

  test('never falls', async () => {
    const taskId = await taskWith('running');
    for (const [given, kept] of [
      [40, 40],
      [20, 40],
      [41, 41],
      [0, 41],
    ] as const) {
      await setProgress(taskId, given);
      expect(await taskRow(taskId)).toMatchObject({ progress: kept });
    }
  });

  test('stays where it is on failure and cancelling, whatever is said', async () => {
    for (const status of ['failed', 'cancelled']) {
      const taskId = await taskWith('running');
      await setProgress(taskId, 40);
      const error = status === 'failed' ? FAILURE : 'null';
      await execute(
        `update story_tasks set status = '${status}', progress = 90, error = ${error} where id = '${taskId}'`,
      );
      expect(await taskRow(taskId)).toMatchObject({ status, progress: 40 });
    }
  });

  test('is 100 on success, whatever is said', async () => {
    const taskId = await taskWith('running');
    await execute(`update story_tasks set status = 'succeeded', progress = 5 where id = '${taskId}'`);
    expect(await taskRow(taskId)).toMatchObject({ progress: 100 });
  });

  test.each([101, 1000])('is no more than 100: %i', async (progress) => {
    await expect(setProgress(await taskWith('running'), progress)).rejects.toMatchObject({ code: '23514' });
  });

  test('reaches the greatest of many that are written at once', async () => {
    const { taskId, run } = await runningTask(database.kysely);
    const seen = await Promise.all(
      Array.from({ length: 60 }, async (_, n) => {
        const progress = (n * 37) % 60;
        return { progress, task: await run.record([line('unit', { progress })]) };
      }),
    );
    for (const { progress, task } of seen) expect(task.progress).toBeGreaterThanOrEqual(progress);
    expect(await taskRow(taskId)).toMatchObject({ progress: 59 });
  });
});

test.each([
  ['a failure without an error', `status = 'failed'`],
  ['a success with an error', `status = 'succeeded', error = ${FAILURE}`],
])('there is no %s', async (_what, change) => {
  const taskId = await taskWith('running');
  const update = execute(`update story_tasks set ${change} where id = '${taskId}'`);
  await expect(update).rejects.toMatchObject({ code: '23514' });
});

test('a request to cancel is kept as it was made', async () => {
  const taskId = await taskWith('running');
  const request = (moment: string) =>
    execute(`update story_tasks set cancel_requested_at = ${moment} where id = '${taskId}'`);
  await request(`'2026-11-20'`);
  const before = await taskRow(taskId);
  await request('now()');
  await request('null');
  expect(await taskRow(taskId)).toEqual(before);
});

describe('the log', () => {
  /** How many wait for their turn to append. */
  async function waiting() {
    const { rows } = await execute(`
      select from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())
    `);
    return rows.length;
  }

  test('is never changed, and no line of it goes alone', async () => {
    const taskId = await taskWith('running');
    for (const statement of [
      `update story_task_events set message = '' where task_id = '${taskId}'`,
      `update story_task_events set message = message where task_id = '${taskId}'`,
      `delete from story_task_events where task_id = '${taskId}'`,
    ]) {
      await expect(execute(statement), statement).rejects.toMatchObject({ code: 'ST002' });
    }
  });

  test('gives a line its place, its story and its time, whatever is said', async () => {
    const { storyId, taskId } = await runningTask(database.kysely);
    const { rows } = await execute(`
      insert into story_task_events (id, task_id, story_id, event_type, step, message, created_at)
      values (1, '${taskId}', gen_random_uuid(), 'info', 'said', '', '2001-01-01')
      returning id > 1 as is_placed, story_id, created_at > now() - interval '1 minute' as is_new
    `);
    expect(rows).toEqual([{ is_placed: true, story_id: storyId, is_new: true }]);
  });

  test('shows lines in the order of their ids: who draws a later one waits for the earlier one to be there', async () => {
    const [one, other] = [await runningTask(database.kysely), await runningTask(database.kysely)];
    let second: Promise<unknown> | undefined;
    await database.kysely.transaction().execute(async (tx) => {
      await createStoryTaskRun(tx, one.taskId).record([line('first')]);
      second = other.run.record([line('second')]);
      await expect.poll(waiting, { timeout: 15_000 }).toBeGreaterThan(0);
    });
    await second;
    const { rows } = await execute(`select step from story_task_events where step in ('first', 'second') order by id`);
    expect(rows).toEqual([{ step: 'first' }, { step: 'second' }]);
  });

  test('belongs to a task', async () => {
    const insert = execute(`insert into story_task_events (task_id, event_type, step, message)
      values (gen_random_uuid(), 'info', 'said', '')`);
    await expect(insert).rejects.toMatchObject({ code: 'ST007' });
  });
});

describe('deletion', () => {
  test.each(['queued', 'running'] as const)('of a %s task is refused', async (status) => {
    const taskId = await taskWith(status);
    await expect(execute(`delete from story_tasks where id = '${taskId}'`)).rejects.toMatchObject({ code: 'ST006' });
  });

  test.each(ENDED)('of a %s task takes its log', async (status) => {
    const taskId = await taskWith(status);
    await execute(`delete from story_tasks where id = '${taskId}'`);
    expect((await execute(`select from story_task_events where task_id = '${taskId}'`)).rows).toEqual([]);
  });

  test('of a story takes its tasks, also active ones, with logs, drafts and keys', async () => {
    const { kysely } = database;
    const { id: storyId } = await createStoryRepositories(kysely).stories.create(newStory());
    const tasks = createStoryTasksRepository(kysely);
    const idempotency = { key: 'a key', requestHash: 'a hash' };
    const { task } = await tasks.enqueue(newTask(storyId, { idempotency }));
    await execute(`update story_tasks set status = 'running' where id = '${task.id}'`);
    await execute(`insert into story_task_drafts values ('${task.id}', '${storyId}', 1, 'so far')`);
    await execute(`delete from stories where id = '${storyId}'`);
    for (const table of ['story_task_events', 'story_task_drafts', 'story_task_keys']) {
      expect((await execute(`select from ${table} where task_id = '${task.id}'`)).rows, table).toEqual([]);
    }
    expect(await taskRow(task.id)).toBeUndefined();
  });
});
