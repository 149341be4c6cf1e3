import { StoryTreeError } from '@story-tree/domain';
import { createTestDatabase } from '@story-tree/testkit/database/database.ts';
import { line, runningTask } from '@story-tree/testkit/database/fixtures.ts';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { expect, test } from 'vitest';
import type { DB } from '../schema.ts';
import { lastEventId } from '../story-tasks/taskQueries.ts';
import { createFanOut, type FanOut } from './fanOut.ts';
import { readEvents } from './feedQueries.ts';
import { createFeedReader } from './feedReader.ts';
import { followEvents } from './followEvents.ts';

/** Follows with a database that is never asked: joining does what the test wants. */
function follow(join: FanOut['join']) {
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: new pg.Pool() }) });
  const reader = createFeedReader({});
  const messages = followEvents({
    ...{ db, reader, filter: {}, after: 0n, signal: new AbortController().signal },
    fanOut: { ...createFanOut(db), join },
    retryAfterMs: 1,
    onJoined: () => reader.end(),
  });
  return all(messages);
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

test('a permanent failure is reported', async () => {
  await expect(follow(() => Promise.reject(new TypeError('a bug')))).rejects.toMatchObject({ code: 'internal' });
});

test('a failure after the reader has ended is ignored', async () => {
  const messages = await follow(async (reader) => {
    reader.end();
    throw new Error('Cannot use a pool after calling end on the pool');
  });
  expect(messages).toEqual([]);
});

test('joining is retried while the database is away', async () => {
  let attempts = 0;
  const messages = await follow(async () => {
    attempts += 1;
    if (attempts < 3) throw new StoryTreeError('database_unavailable', 'It is away.');
    return 0n;
  });
  expect(messages).toEqual([]);
  expect(attempts).toBe(3);
});

test('a message that waited while older lines were read never shows its task in an earlier state', async () => {
  const database = await createTestDatabase();
  const { kysely: db } = database;
  const { taskId, run } = await runningTask(db);
  const reader = createFeedReader({});
  const lastLine = async () => (await readEvents(db, { after: 0n })).messages.slice(-1);
  // Somebody else reads two lines, one after the other, and this reader is slow to begin.
  const join = async () => {
    const joinedAt = BigInt(await lastEventId(db));
    await run.record([line('waits', { progress: 20 })]);
    const waiting = await lastLine();
    await run.record([line('comes', { progress: 60 })]);
    for (const message of [...waiting, ...(await lastLine())]) reader.offer(message);
    return joinedAt;
  };
  const messages = followEvents({
    ...{ db, reader, filter: { taskId }, after: 0n, signal: new AbortController().signal, retryAfterMs: 1 },
    fanOut: { ...createFanOut(db), join },
    onJoined: () => undefined,
  });
  const seen: unknown[] = [];
  for await (const message of messages) {
    if (message.kind === 'task') seen.push([message.event.step, message.task.progress]);
    if (seen.length === 4) reader.end();
  }
  await database.close();
  expect(seen).toEqual(['queued', 'started', 'waits', 'comes'].map((step) => [step, 60]));
});

test('a cursor beyond the point where the reader joined is respected: nothing up to it is repeated', async () => {
  const database = await createTestDatabase();
  const { kysely: db } = database;
  const { run } = await runningTask(db);
  const reader = createFeedReader({});
  const offerLast = async () => {
    const [last] = (await readEvents(db, { after: 0n })).messages.slice(-1);
    if (last !== undefined) reader.offer(last);
  };
  const joinedAt = BigInt(await lastEventId(db));
  await run.record([line('known')]);
  const after = BigInt(await lastEventId(db));
  const joined = Promise.withResolvers<void>();
  const next = followEvents({
    ...{ db, reader, filter: {}, after, signal: new AbortController().signal, retryAfterMs: 1 },
    fanOut: { ...createFanOut(db), join: async () => joinedAt },
    onJoined: joined.resolve,
  }).next();
  await joined.promise;
  await offerLast();
  // By now the cursor has been compared with the events that there are.
  await lastEventId(db);
  await run.record([line('new')]);
  await offerLast();
  expect((await next).value).toMatchObject({ event: { step: 'new' } });
  await database.close();
});
