import { createServer } from 'node:net';
import { mapDatabaseError, openDatabase } from '@story-tree/supabase';
import { createEmptyDatabase, type TestDatabase } from '@story-tree/testkit/database/database.ts';
import { afterEach, describe, expect, it } from 'vitest';

const opened: TestDatabase[] = [];

afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
});

async function emptyDatabase(): Promise<TestDatabase> {
  const database = await createEmptyDatabase();
  opened.push(database);
  return database;
}

function open(databaseUrl: string) {
  return openDatabase({ databaseUrl, home: '', log: () => undefined });
}

/** The address of a test database with one part of it changed. */
async function addressWith(change: (url: URL) => void): Promise<string> {
  const url = new URL((await emptyDatabase()).connectionString);
  change(url);
  return url.href;
}

describe('opening a database by its address', () => {
  it('says that nothing answers', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    const address = await new Promise((resolve) => server.once('listening', () => resolve(server.address())));
    const { port } = address as { port: number };
    await new Promise((resolve) => server.close(resolve));
    const failure = await open(`postgresql://someone:s3cret@127.0.0.1:${port}/postgres`).catch((error) => error);
    expect(failure).toMatchObject({ code: 'database_unavailable' });
    expect(failure.message).toMatch(new RegExp(`^No database answers at 127.0.0.1:${port} .*DATABASE_URL`));
    expect(failure.message).not.toContain('s3cret');
  });

  it('says that the host is unknown', async () => {
    await expect(open('postgresql://a:b@nowhere.invalid/postgres')).rejects.toMatchObject({
      code: 'database_unavailable',
      message: expect.stringContaining('nowhere.invalid'),
    });
  });

  it('says that the password is refused', async () => {
    const address = await addressWith((url) => {
      url.password = 'guess';
    });
    await expect(open(address)).rejects.toThrow(/refuses the user or the password in DATABASE_URL/);
  });

  it('says that there is no such database', async () => {
    const address = await addressWith((url) => {
      url.pathname = '/nothing_here';
    });
    await expect(open(address)).rejects.toThrow(/no such database/);
  });

  it.each(['postgresql://u:p@db.abc.supabase.co:6543/postgres', 'postgresql://u:p@localhost/postgres?pgbouncer=true'])(
    'refuses a transaction pooler and names the way out: %s',
    async (address) => {
      await expect(open(address)).rejects.toMatchObject({
        code: 'not_configured',
        message: expect.stringContaining('session pooler'),
      });
    },
  );

  it.each(['postgresql://me:p@s3cret#1/x@db.example.org:5432/x', 'postgresql://me:s3cret/1@db.example.org/x'])(
    'says that a password is not encoded, and nothing of it: %s',
    async (address) => {
      const failure = await open(address).catch((error) => error);
      expect(failure).toMatchObject({ code: 'not_configured', message: expect.stringContaining('# as %23') });
      expect(failure.message).not.toContain('s3cret');
    },
  );

  it.each(['mysql://localhost/x', 'localhost:5432', 'nonsense'])('refuses what is no address: %s', async (address) => {
    await expect(open(address)).rejects.toMatchObject({
      code: 'not_configured',
      message: expect.stringContaining('postgresql://user:password@host:5432/database'),
    });
  });

  it('survives the server closing its connections, and connects again', async () => {
    const database = await emptyDatabase();
    const other = await open(database.connectionString);
    await database.pool.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await expect.poll(() => other.pool.totalCount, { timeout: 10_000 }).toBe(0);
    expect((await other.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await other.close();
    await other.close();
  });

  it('survives a connection that breaks while in use, which its next query reports', async () => {
    const database = await emptyDatabase();
    const other = await open(database.connectionString);
    const client = await other.pool.connect();
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    await database.pool.query('select pg_terminate_backend($1, 10000)', [rows[0]?.pid]);
    const failure = await client.query('select 1').catch(mapDatabaseError);
    client.release(true);
    expect(failure).toMatchObject({ code: 'database_unavailable' });
    expect((await other.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await other.close();
  });

  it('limits how long a statement may take', async () => {
    const { pool } = await emptyDatabase();
    const { rows } = await pool.query(
      `select current_setting('statement_timeout') as statement,
              current_setting('idle_in_transaction_session_timeout') as idle`,
    );
    expect(rows).toEqual([{ statement: '1min', idle: '1min' }]);
  });
});
