import { getEventListeners } from 'node:events';
import type { FeedMessage } from '@story-tree/domain';
import { createTestDatabase } from '@story-tree/testkit/database/database.ts';
import { createFeedRig, cursorOf, eventually, type FeedRig } from '@story-tree/testkit/database/feedRig.ts';
import { failure, fillPool, line, queuedTask, runningTask } from '@story-tree/testkit/database/fixtures.ts';
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

describe('a reader', () => {
  test.each(['', 'x', '-1', '1.5', '9'.repeat(19), "1'; drop table stories"])(
    'with the cursor %j is refused',
    async (after) => {
      await expect(rig.read(after).ended).rejects.toMatchObject(failure('bad_request'));
    },
  );

  test('that has left already gets nothing', async () => {
    await queuedTask(database.kysely);
    rig.leaving.abort();
    const { ended, messages } = rig.read('0');
    await ended;
    expect(messages).toEqual([]);
  });

  test('that comes when the feed is closed gets nothing', async () => {
    await queuedTask(database.kysely);
    await rig.feed.close();
    const { ended, messages } = rig.read('0');
    await ended;
    expect(messages).toEqual([]);
    expect(await rig.listeners()).toEqual([]);
  });

  test('ends when told to, and leaves nothing on its signal', async () => {
    const { ended } = rig.read('0');
    await rig.hearing();
    expect(getEventListeners(rig.leaving.signal, 'abort').length).toBeGreaterThan(0);
    rig.leaving.abort();
    await ended;
    expect(getEventListeners(rig.leaving.signal, 'abort')).toEqual([]);
  });

  test('ends when the feed is closed', async () => {
    const { ended } = rig.read('0');
    await rig.hearing();
    await rig.feed.close();
    await ended;
    await eventually(rig.listeners).toEqual([]);
  });

  test('that falls far behind is dropped, and gets the rest from its last cursor', async () => {
    const after = await rig.cursor();
    const iterator = rig.feed.read({ after, signal: rig.leaving.signal })[Symbol.asyncIterator]();
    const first = iterator.next();
    await rig.hearing();
    const { run } = await runningTask(database.kysely);
    const seen: FeedMessage[] = [];
    const take = ({ value, done }: IteratorResult<FeedMessage>) => {
      if (!done) seen.push(value);
      return done;
    };
    take(await first);
    for (let n = 0; n < 3; n++) await run.record(Array.from({ length: 500 }, () => line('unit')));
    const quick = rig.read(after);
    await eventually(() => quick.messages.length).toBe(1_502);
    while (!take(await iterator.next()));
    expect(seen.length).toBeLessThan(1_502);

    const rest = rig.read(seen.map(cursorOf).at(-1) ?? '');
    await eventually(() => seen.length + rest.messages.length).toBe(1_502);
    expect([...seen, ...rest.messages].map(cursorOf)).toEqual(await rig.storedIds(after));
  });

  test('gets each event with its task', async () => {
    const after = await rig.cursor();
    const { messages } = rig.read(after);
    await rig.hearing();
    const { storyId, taskId, run } = await runningTask(database.kysely);
    await run.record([line('unit', { progress: 40, payload: { unit: 'a' } })]);
    await run.finish({ status: 'succeeded' }, line('succeeded'));
    await eventually(() => messages.length).toBe(4);
    const tasks = createStoryTasksRepository(database.kysely);
    const events = (await tasks.events(taskId, 10)).toReversed();
    expect(messages.map((message) => message.kind === 'task' && message.event)).toEqual(events);
    expect(messages.at(-1)).toMatchObject({ task: await tasks.get(taskId), cursor: events.at(-1)?.id });
    expect(messages[2]).toMatchObject({ event: { storyId, payload: { unit: 'a' } } });
  });

  test('gets what is about its story or its task alone, stored and new', async () => {
    const after = await rig.cursor();
    const mine = await runningTask(database.kysely);
    const other = await runningTask(database.kysely);
    const all = rig.read(after);
    const ofStory = rig.read(after, { storyId: mine.storyId.toUpperCase() });
    const ofTask = rig.read('0', { taskId: mine.taskId });
    const ofBoth = rig.read('0', { taskId: mine.taskId, storyId: other.storyId });
    await rig.hearing();
    for (const { run } of [mine, other]) await run.record([line('unit')]);
    await eventually(() => all.messages.length).toBe(6);
    for (const { messages } of [ofStory, ofTask]) {
      await eventually(() => messages.map(cursorOf)).toEqual(await rig.storedIds(after, mine.taskId));
    }
    expect(ofBoth.messages).toEqual([]);
  });

  test('with a cursor from before the database was replaced is told so, and goes on from the newest event', async () => {
    await queuedTask(database.kysely);
    const newest = await rig.cursor();
    const { messages } = rig.read('999999999999999999');
    await eventually(() => messages).toEqual([{ kind: 'resync', cursor: newest }]);
    await queuedTask(database.kysely);
    await eventually(async () => messages.slice(1).map(cursorOf)).toEqual(await rig.storedIds(newest));
  });

  test('goes on from where another one stopped', async () => {
    const { run } = await runningTask(database.kysely);
    await run.record(Array.from({ length: 1_203 }, () => line('unit')));
    const all = await rig.storedIds('0');
    for (const position of [0, 1, 499, 500, 501, all.length - 1, all.length]) {
      const { messages } = rig.read(all[position - 1] ?? '0');
      await eventually(() => messages.length).toBe(all.length - position);
      expect(messages.map(cursorOf)).toEqual(all.slice(position));
    }
  });
});

test('many readers that come and go at any time get all that many writers write, once and in order', async () => {
  const after = await rig.cursor();
  const readers = [rig.read(after)];
  const writing = Promise.all(
    Array.from({ length: 10 }, async (_, n) => {
      const { taskId, run } = await runningTask(database.kysely);
      for (let progress = 0; progress < 20; progress++) {
        await run.record([line('a', { progress }), line('b')].slice(0, 1 + ((n + progress) % 2)));
        if (n === 0) readers.push(rig.read(await rig.cursor()), rig.read(after), rig.read(after, { taskId }));
        if (n === 1 && progress === 10) readers.push(rig.read('0', { taskId }));
      }
      await run.finish({ status: 'succeeded' }, line('succeeded'));
    }),
  );
  const passing = Promise.all(
    Array.from({ length: 40 }, async () => {
      for await (const _message of rig.feed.read({ after, signal: rig.leaving.signal })) break;
    }),
  );
  await Promise.all([writing, passing]);
  const all = await rig.storedIds(after);
  await eventually(() => readers[0]?.messages.length).toBe(all.length);
  expect(readers[0]?.messages.map(cursorOf)).toEqual(all);
  for (const { messages } of readers) {
    const ids = messages.map(cursorOf);
    const last = messages.at(0);
    if (last?.kind !== 'task') continue;
    const about = new Set(messages.map((message) => message.kind === 'task' && message.event.taskId));
    const expected = about.size === 1 ? await rig.storedIds('0', last.event.taskId) : all;
    // From its first one on, nothing is missing.
    expect(ids).toEqual(expected.slice(expected.indexOf(last.cursor)));
  }
});

test('one connection listens for all readers', async () => {
  for (let n = 0; n < 30; n++) rig.read('0');
  rig.feed.onCancelRequested(() => undefined);
  await rig.hearing();
  const { messages } = rig.read(await rig.cursor());
  await queuedTask(database.kysely);
  await eventually(() => messages.length).toBe(1);
  expect(await rig.listeners()).toHaveLength(1);
});

test('readers are told when the database is replaced while they wait, and hear what happens there', async () => {
  const replaced = await createTestDatabase();
  const other = createFeedRig(replaced);
  await queuedTask(replaced.kysely);
  const { messages } = other.read(await other.cursor());
  await other.hearing();
  await replaced.pool.query('truncate public.story_tasks cascade');
  await replaced.pool.query(`select setval('public.story_task_event_ids', 1, false)`);
  for (const pid of await other.listeners()) await replaced.pool.query('select pg_terminate_backend($1)', [pid]);
  await eventually(() => messages).toEqual([{ kind: 'resync', cursor: '0' }]);
  await queuedTask(replaced.kysely);
  await eventually(() => messages.map(cursorOf)).toEqual(['0', '1']);
  await other.close();
  await replaced.close();
});
