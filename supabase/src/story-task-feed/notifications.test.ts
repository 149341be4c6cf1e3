import { createTestDatabase } from '@story-tree/testkit/database/database.ts';
import { createFeedRig, cursorOf, eventually, type FeedRig } from '@story-tree/testkit/database/feedRig.ts';
import { fillPool, line, queuedTask, runningTask } from '@story-tree/testkit/database/fixtures.ts';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../connect.ts';
import { createStoryTasksRepository } from '../story-tasks/storyTasks.ts';

let database: Database;
let rig: FeedRig;

beforeAll(async () => {
  database = await createTestDatabase();
  await fillPool(database);
});
afterAll(() => database.close());

beforeEach(() => {
  rig = createFeedRig(database);
});
afterEach(() => rig.close());

async function withoutTrigger(table: string, trigger: string, work: () => Promise<unknown>) {
  const set = (state: 'disable' | 'enable') =>
    sql`alter table ${sql.table(table)} ${sql.raw(state)} trigger ${sql.ref(trigger)}`.execute(database.kysely);
  await set('disable');
  try {
    await work();
  } finally {
    await set('enable');
  }
}

describe('when notifications are lost', () => {
  test('since the connection broke, readers get what they missed as soon as there is another one', async () => {
    const after = await rig.cursor();
    const { messages } = rig.read(after);
    await rig.hearing();
    const [pid] = await rig.listeners();
    await sql`select pg_terminate_backend(${pid}, 10000)`.execute(database.kysely);
    await runningTask(database.kysely);
    await eventually(async () => (await rig.listeners()).some((other) => other !== pid)).toBe(true);
    await eventually(() => messages.length).toBe(2);
    await runningTask(database.kysely);
    await eventually(() => messages.length).toBe(4);
    expect(messages.map(cursorOf)).toEqual(await rig.storedIds(after));
    expect(rig.log.some((message) => message.startsWith('Listening for news of tasks was interrupted'))).toBe(true);
  });

  test('since nothing was notified, readers get it all the same', async () => {
    await rig.close();
    rig = createFeedRig(database, { pollEveryMs: 50 });
    const after = await rig.cursor();
    const { messages } = rig.read(after);
    await withoutTrigger('story_task_events', 'story_task_events_notify', async () => {
      await runningTask(database.kysely);
      await eventually(() => messages.map(cursorOf)).toEqual(await rig.storedIds(after));
    });
  });

  test('nonsense on a channel does no harm', async () => {
    const { messages } = rig.read(await rig.cursor());
    await rig.hearing();
    for (const channel of ['story_task_events', 'story_task_cancels', 'story_task_drafts']) {
      await sql`select pg_notify(${channel}, 'nonsense')`.execute(database.kysely);
    }
    await queuedTask(database.kysely);
    await eventually(() => messages.length).toBe(1);
  });
});

describe('drafts', () => {
  test('come in between, newest text first or alone, and never after the line that ends them', async () => {
    const { storyId, taskId, run } = await runningTask(database.kysely);
    const { messages, steps } = rig.read(await rig.cursor());
    await rig.hearing();
    await run.draft({ turn: 1, text: 'Once' });
    await eventually(() => messages.length).toBe(1);
    expect(messages).toEqual([{ kind: 'draft', draft: { taskId, storyId, turn: 1, text: 'Once' } }]);
    for (let n = 0; n < 20; n++) await run.draft({ turn: 1, text: `Once ${n}` });
    await run.record([line('model', { eventType: 'chat_message' })]);
    await run.record([line('last')]);
    await eventually(() => steps().at(-1)).toBe('last');
    const afterTurn = messages.slice(steps().indexOf('model'));
    expect(afterTurn.map(({ kind }) => kind)).toEqual(['task', 'task']);
  });

  test('reach only those who ask for their story', async () => {
    const { storyId, run } = await runningTask(database.kysely);
    const other = await runningTask(database.kysely);
    const mine = rig.read(await rig.cursor(), { storyId });
    const theirs = rig.read(await rig.cursor(), { taskId: other.taskId });
    await rig.hearing();
    await run.draft({ turn: 1, text: 'Once' });
    await other.run.draft({ turn: 2, text: 'There' });
    await eventually(() => mine.messages.map(cursorOf)).toEqual(['draft Once']);
    await eventually(() => theirs.messages.map(cursorOf)).toEqual(['draft There']);
  });
});

describe('requests to cancel', () => {
  const cancel = (taskId: string) => createStoryTasksRepository(database.kysely).cancel(taskId);

  test('are reported once to each listener, for as long as it listens', async () => {
    const told: string[] = [];
    const toldOther: string[] = [];
    rig.feed.onCancelRequested((taskId) => told.push(taskId));
    const stop = rig.feed.onCancelRequested((taskId) => toldOther.push(taskId));
    await rig.hearing();
    const [one, two, queued] = [
      await runningTask(database.kysely),
      await runningTask(database.kysely),
      await queuedTask(database.kysely),
    ];
    await cancel(queued.taskId);
    await cancel(one.taskId);
    await eventually(() => toldOther).toEqual([one.taskId]);
    stop();
    await cancel(one.taskId);
    await cancel(two.taskId);
    await eventually(() => told).toEqual([one.taskId, two.taskId]);
    expect(toldOther).toEqual([one.taskId]);
    for (const { run } of [one, two]) await run.finish({ status: 'cancelled' }, line('cancelled'));
  });

  test('are found without having been notified', async () => {
    await rig.close();
    rig = createFeedRig(database, { pollEveryMs: 50 });
    const told: string[] = [];
    rig.feed.onCancelRequested((taskId) => told.push(taskId));
    const { taskId, run } = await runningTask(database.kysely);
    await withoutTrigger('story_tasks', 'story_tasks_notify_cancel', async () => {
      await cancel(taskId);
      await eventually(() => told).toEqual([taskId]);
    });
    await run.finish({ status: 'cancelled' }, line('cancelled'));
  });
});
