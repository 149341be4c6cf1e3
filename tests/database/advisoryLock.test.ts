import { migrate } from '@story-tree/supabase';
import { createTestDatabase, type TestDatabase } from '@story-tree/testkit/database/database.ts';
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
async function standStillWith(key: number, silenceSeconds: number): Promise<Holder> {
  const client = await database.pool.connect();
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const begun = Promise.withResolvers<void>();
  const ended = new Promise<void>((resolve) => client.once('end', resolve));
  const holding = withAdvisoryLock(client, { key, wait, silenceSeconds }, async () => {
    begun.resolve();
    await ended;
  });
  const lost = holding.catch((error: unknown) => error).finally(() => client.release(true));
  await begun.promise;
  return { lost, end: () => database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]) };
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
