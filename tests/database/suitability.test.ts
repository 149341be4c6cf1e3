import { randomBytes } from 'node:crypto';
import { openMigratedDatabase } from '@story-tree/runtime';
import { openDatabase } from '@story-tree/supabase';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '@story-tree/testkit/database/database.ts';
import { runCli } from '@story-tree/testkit/programs/cli.ts';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createQueuePool } from '../../story-tasks/src/queuePool.ts';

const silent = () => undefined;
/** A user of PostgreSQL that has no rights but what a test gives it. */
const USER = `person_${randomBytes(4).toString('hex')}`;

let admin: TestDatabase;

beforeAll(async () => {
  admin = await createEmptyDatabase();
  await admin.pool.query(`create role ${USER} login password 'mine'`);
});
afterAll(async () => {
  await admin.pool.query(`drop role ${USER}`);
  await admin.close();
});

interface Borrowed {
  name: string;
  /** Our user's address. */
  url: string;
  /** A superuser's connections. */
  pool: pg.Pool;
}

/** A database for one test, which belongs to our user if that is its owner. */
async function borrow({
  isOwner,
  create = createEmptyDatabase,
}: {
  isOwner: boolean;
  create?: () => Promise<TestDatabase>;
}) {
  const { pool, connectionString, close } = await create();
  onTestFinished(close);
  const url = addressFor(connectionString);
  const borrowed: Borrowed = { pool, url: url.href, name: url.pathname.slice(1) };
  if (isOwner) await pool.query(`alter database ${borrowed.name} owner to ${USER}`);
  return borrowed;
}

function addressFor(connectionString: string): URL {
  const url = new URL(connectionString);
  url.username = USER;
  url.password = 'mine';
  return url;
}

async function refusal(databaseUrl: string): Promise<string> {
  const failure = await openDatabase({ databaseUrl, home: '', log: silent }).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'not_configured' });
  return (failure as Error).message;
}

/** The command that a message names. */
function commandIn(message: string): string {
  return /"(.*)"/.exec(message)?.[1] ?? '';
}

async function run(databaseUrl: string, command: string): Promise<void> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  await client.query(command).finally(() => client.end());
}

async function expectToServe(databaseUrl: string): Promise<void> {
  await (await openDatabase({ databaseUrl, home: '', log: silent })).close();
}

describe('a database that cannot serve is refused with the command that helps', () => {
  it('where our user may create neither schemas nor tables; doctor tells the same', async () => {
    const { pool, url, name } = await borrow({ isOwner: false });
    for (const what of [`schemas in the database ${name}`, 'tables in the schema public']) {
      const message = await refusal(url);
      expect(message).toContain(`may not create ${what}`);
      expect((await runCli(['doctor'], { DATABASE_URL: url })).stdout).toContain(message);
      await pool.query(commandIn(message));
    }
    await (await openMigratedDatabase({ DATABASE_URL: url }, silent)).close();
  });

  it('where the tables belong to somebody else', async () => {
    const { pool, url } = await borrow({ isOwner: true, create: createTestDatabase });
    const message = await refusal(url);
    expect(message).toContain('The tables of Story Tree belong to postgres');
    await pool.query(commandIn(message));
    await expectToServe(url);
    await pool.query(`revoke postgres from ${USER}`);
  });

  it.each([
    ['the database', (name: string) => `database ${name}`],
    ['the user', () => `role ${USER}`],
    ['the user in this database', (name: string) => `role ${USER} in database ${name}`],
  ])('that %s has as read-only', async (_, place) => {
    const { pool, url, name } = await borrow({ isOwner: true });
    await pool.query(`alter ${place(name)} set default_transaction_read_only = on`);
    const message = await refusal(url);
    expect(message).toContain(`The database ${name} is read-only by its settings`);
    await run(url, commandIn(message));
    await expectToServe(url);
  });

  it('that keeps text in another encoding', async () => {
    const names = { latin: `${USER}_latin`, other: `${USER}_utf8` };
    const url = addressFor(admin.connectionString);
    await admin.pool.query(
      `create database ${names.latin} owner ${USER} template template0 encoding 'LATIN1' locale_provider libc locale 'C'`,
    );
    url.pathname = names.latin;
    const message = await refusal(url.href);
    expect(message).toContain(`The database ${names.latin} keeps text as LATIN1`);
    await admin.pool.query(commandIn(message).replace('story_tree_utf8', names.other));
    url.pathname = names.other;
    await expectToServe(url.href);
    for (const name of Object.values(names)) await admin.pool.query(`drop database ${name} with (force)`);
  });
});

it('a database that lets in too few of us counts as one that may serve later', async () => {
  const { pool, url } = await borrow({ isOwner: true });
  await pool.query(`alter role ${USER} connection limit 1`);
  onTestFinished(async () => void (await admin.pool.query(`alter role ${USER} connection limit -1`)));
  await expect(openDatabase({ databaseUrl: url, home: '', log: silent })).rejects.toMatchObject({
    code: 'database_unavailable',
    message: expect.stringContaining('is full (too many connections for role'),
  });
});

describe('what a server, a database or a user has as its defaults', () => {
  it('changes none of our sessions', async () => {
    const { pool, url, name } = await borrow({ isOwner: true });
    const wanted = {
      search_path: 'public',
      default_transaction_isolation: 'read committed',
      statement_timeout: '1min',
      lock_timeout: '0',
      idle_session_timeout: '0',
      synchronous_commit: 'on',
      TimeZone: 'UTC',
      DateStyle: 'ISO, MDY',
      extra_float_digits: '1',
    };
    const defaults = {
      search_path: 'nowhere',
      default_transaction_isolation: 'serializable',
      statement_timeout: '5s',
      lock_timeout: '1s',
      idle_session_timeout: '10s',
      synchronous_commit: 'off',
      TimeZone: 'Asia/Tokyo',
      DateStyle: 'German',
      extra_float_digits: '-10',
    };
    for (const [setting, value] of Object.entries(defaults)) {
      await pool.query(`alter role ${USER} in database ${name} set ${setting} = '${value}'`);
    }
    await pool.query(`create schema ${USER}; grant all on schema ${USER} to ${USER}`);

    const database = await openMigratedDatabase({ DATABASE_URL: url }, silent);
    const show = async (sessions: Pick<pg.Pool, 'query'>) => {
      const asked = Object.keys(wanted).map((setting) => `current_setting('${setting}') as "${setting}"`);
      return (await sessions.query(`select ${asked.join(', ')}`)).rows[0];
    };
    expect(await show(database.pool)).toEqual(wanted);
    const queue = createQueuePool(database, { lost: silent, works: silent, onBack: silent });
    expect(await show(queue as unknown as pg.Pool)).toEqual({
      ...wanted,
      ...{ search_path: 'bullmq', synchronous_commit: 'off' },
    });
    await queue.end();
    const { rows } = await database.pool.query(`select from pg_tables where schemaname = '${USER}'`);
    expect(rows).toEqual([]);
    await database.close();
  });
});
