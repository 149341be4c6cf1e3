import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrate } from '@story-tree/supabase';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '@story-tree/testkit/database/database.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const FIRST = '20260101000000_make_things.sql';
const SECOND = '20260102000000_fill_things.sql';
const silent = () => undefined;

let database: TestDatabase;
let directory: string;

beforeEach(async () => {
  database = await createEmptyDatabase();
  directory = await mkdtemp(path.join(tmpdir(), 'story-tree-migrations-'));
  await write(FIRST, 'create table things (name text primary key);\n');
  await write(SECOND, `insert into things values ('a;b');\n\ndo $$ begin perform 1; perform 2; end $$;\n`);
});

afterEach(async () => {
  await database.close();
  await rm(directory, { recursive: true });
});

function write(name: string, sql: string): Promise<void> {
  return writeFile(path.join(directory, name), sql);
}

function run() {
  return migrate({ connectionString: database.connectionString, directory, log: silent });
}

async function things(): Promise<string[]> {
  return (await database.pool.query<{ name: string }>('select name from things order by name')).rows.map(
    ({ name }) => name,
  );
}

describe('migrate', () => {
  it('names file and line of what fails, keeps what came before, and leaves nothing of the failed file', async () => {
    const failing = '20260103000000_fail.sql';
    await write(
      failing,
      `insert into things values ('new'); -- 😀\n\n-- why\nselect 'ü😀' ||\n  missing from things;\n`,
    );
    await expect(run()).rejects.toMatchObject({
      code: 'internal',
      message: `The migration ${failing} failed at line 5: column "missing" does not exist.`,
    });
    expect(await things()).toEqual(['a;b']);

    await write(failing, `insert into things values ('new');`);
    expect(await run()).toEqual([failing]);
    expect(await things()).toEqual(['a;b', 'new']);
  });

  it('names the first line of a statement that fails without a position', async () => {
    await write('20260103000000_fail.sql', `select 1;\n-- why\ninsert into things values ('a;b');`);
    await expect(run()).rejects.toThrow('failed at line 3: duplicate key');
  });

  it('refuses to leave its transaction', async () => {
    await write('20260103000000_commit.sql', `insert into things values ('x');\ncommit;`);
    await expect(run()).rejects.toThrow('failed at line 2: a migration is one transaction already');
    expect(await things()).toEqual(['a;b']);
  });

  it.each(['20260103_short.sql', 'notes.sql'])(
    'refuses a file that is not named like a migration: %s',
    async (name) => {
      await write(name, 'select 1');
      await expect(run()).rejects.toMatchObject({ code: 'file_error', message: expect.stringContaining(name) });
    },
  );

  it('refuses two files of one version', async () => {
    await write('20260101000000_other.sql', 'select 1');
    await expect(run()).rejects.toThrow('Two migrations have the version 20260101000000');
  });

  it('says which file was changed after the database had it', async () => {
    await run();
    await write(FIRST, 'create table things (name text);');
    await expect(run()).rejects.toMatchObject({ code: 'not_configured', message: expect.stringContaining(FIRST) });
  });

  it('says when the database is newer', async () => {
    await run();
    await rm(path.join(directory, SECOND));
    await expect(run()).rejects.toThrow('The database is newer than this version of Story Tree');
  });

  it('lets one of many that start at once do the work', async () => {
    const applied = await Promise.all([run(), run(), run(), run()]);
    expect(applied.flat().sort()).toEqual([FIRST, SECOND]);
    expect(await run()).toEqual([]);
  });

  it('says that nothing answers', async () => {
    const url = new URL(database.connectionString);
    url.port = '1';
    await expect(migrate({ connectionString: url.href, directory, log: silent })).rejects.toMatchObject({
      code: 'database_unavailable',
    });
  });

  it('brings the product’s own migrations to plain PostgreSQL, with the roles that Supabase has', async () => {
    const migrated = await createTestDatabase();
    const { rows } = await migrated.pool.query(
      `select rolname from pg_roles where rolname in ('anon', 'authenticated', 'service_role') order by rolname`,
    );
    expect(rows.map(({ rolname }) => rolname)).toEqual(['anon', 'authenticated', 'service_role']);
    expect(await migrate({ connectionString: migrated.connectionString, log: silent })).toEqual([]);
    await migrated.close();
  });
});
