import { migrate } from '@story-tree/supabase';
import { until } from '@story-tree/testkit/database/clusters.ts';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '@story-tree/testkit/database/database.ts';
import { startCli } from '@story-tree/testkit/programs/cli.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LockWait, withAdvisoryLock } from '../../supabase/src/advisoryLock.ts';
import { MIGRATION_LOCK } from '../../supabase/src/migrations/migrate.ts';

const KEY = 7;
const wait: LockWait = { purpose: 'a test', log: () => undefined };

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

interface Holder {
  /** What came of it, once its session has ended. */
  lost: Promise<unknown>;
  end(): Promise<unknown>;
}

/** Somebody who takes a lock and then says nothing any more. */
async function standStillWith(key: number, silenceSeconds: number, { pool } = database): Promise<Holder> {
  const client = await pool.connect();
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const begun = Promise.withResolvers<void>();
  const ended = new Promise<void>((resolve) => client.once('end', resolve));
  const holding = withAdvisoryLock(client, { key, wait, silenceSeconds }, async () => {
    begun.resolve();
    await ended;
  });
  const lost = holding.catch((error: unknown) => error).finally(() => client.release(true));
  await begun.promise;
  return { lost, end: () => pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]) };
}

async function lock(wait?: LockWait): Promise<boolean> {
  const client = await database.pool.connect();
  let isDone = false;
  try {
    await withAdvisoryLock(client, { key: KEY, ...(wait ? { wait } : {}), silenceSeconds: 60 }, async () => {
      isDone = true;
    });
    const { rows } = await client.query('show idle_session_timeout');
    expect(rows).toEqual([{ idle_session_timeout: '0' }]);
    return isDone;
  } finally {
    client.release();
  }
}

it('a lock is free after the work, and its session may be silent again', async () => {
  expect(await lock()).toBe(true);
  expect(await lock()).toBe(true);
});

it('a holder that stands still keeps a lock no longer than it may be silent', async () => {
  const { lost } = await standStillWith(KEY, 1);
  expect(await lock()).toBe(false);
  expect(await lock(wait)).toBe(true);
  expect(await lost).toBeInstanceOf(Error);
});

it('where there is nothing to migrate, nobody waits for a migration that stands still', async () => {
  const { lost, end } = await standStillWith(MIGRATION_LOCK, 600);
  const { connectionString } = database;
  expect(await migrate({ connectionString, log: () => undefined })).toEqual([]);
  await end();
  expect(await lost).toBeInstanceOf(Error);
});

it('whoever waits is told for whom, gives up in the end, and can go on after doing what the message says', async () => {
  // Locks with one number are kept in two halves.
  const key = 2 ** 32 * 5 + 2 ** 31 + 7;
  const { lost } = await standStillWith(key, 600);
  const client = await database.pool.connect();
  const told: string[] = [];
  const impatient: LockWait = { purpose: 'a test', log: (message) => void told.push(message), patienceMs: 500 };
  const take = () => withAdvisoryLock(client, { key, wait: impatient }, async () => undefined);

  const failure = (await take().catch((error: unknown) => error)) as Error;
  const holder = /session \d+: story-tree of postgres from 127\.0\.0\.1, connected since [-0-9]{10} [:0-9]{8} UTC/;
  expect(told).toEqual([expect.stringMatching(holder)]);
  expect(failure).toMatchObject({ code: 'database_unavailable', message: expect.stringMatching(holder) });

  await client.query(/"(.*)"/.exec(failure.message)?.[1] ?? '');
  expect(await lost).toBeInstanceOf(Error);
  await take();
  client.release();
});

it('whoever waits gives up when told to', async () => {
  const { lost, end } = await standStillWith(KEY, 600);
  const client = await database.pool.connect();
  const stop = new AbortController();
  const waiting = withAdvisoryLock(client, { key: KEY, wait: { ...wait, signal: stop.signal } }, async () => undefined);
  stop.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  await end();
  await lost;
  client.release();
});

it('a command that waits for a migration says so, and ends when told to', async () => {
  const empty = await createEmptyDatabase();
  const { lost, end } = await standStillWith(MIGRATION_LOCK, 600, empty);
  const command = startCli(['stories', 'list'], { DATABASE_URL: empty.connectionString });
  await until('it says so', () => command.said().includes('Another program is updating the tables'));
  command.process.kill('SIGTERM');
  expect((await command.ended).code).toBe(130);
  await end();
  await lost;
  await empty.close();
});
