import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../tests/support/database.ts';
import type { Database } from './connect.ts';
import { createStoryRepositories } from './repositories/index.ts';
import { newStory, storyWithChoices } from './testFixtures.ts';

const DENIED = { code: '42501' };
const LEASE_CALLS = [
  `acquire_story_lease(gen_random_uuid(), 'me', '1 minute')`,
  `renew_story_lease(gen_random_uuid(), 1, '1 minute')`,
  'release_story_lease(gen_random_uuid(), 1)',
  'assert_story_lease(gen_random_uuid(), 1)',
];

let database: Database;
let tables: string[];

beforeAll(async () => {
  database = await createTestDatabase();
  await storyWithChoices(createStoryRepositories(database.kysely));
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' order by 1
  `.execute(database.kysely);
  tables = rows.map((row) => row.name);
});
afterAll(() => database.close());

/** Runs one statement as one of the roles that Supabase gives to callers. */
async function as(role: 'anon' | 'authenticated' | 'service_role', statement: string) {
  return await database.kysely.transaction().execute(async (tx) => {
    await sql`set local role ${sql.id(role)}`.execute(tx);
    return await sql.raw(statement).execute(tx);
  });
}

test('row-level security is on for every table', async () => {
  const { rows } = await sql`
    select relname from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and not relrowsecurity
  `.execute(database.kysely);
  expect(tables).toContain('stories');
  expect(rows).toEqual([]);
});

test('anon sees no table and calls no function', async () => {
  for (const table of tables) await expect(as('anon', `select from ${table}`), table).rejects.toMatchObject(DENIED);
  for (const call of LEASE_CALLS) await expect(as('anon', `select ${call}`), call).rejects.toMatchObject(DENIED);
});

describe('authenticated', () => {
  test('reads every table', async () => {
    for (const table of tables) await as('authenticated', `select * from ${table}`);
    expect((await as('authenticated', 'select * from scenelets')).rows).toHaveLength(3);
  });

  test('writes to none', async () => {
    for (const table of tables) {
      for (const write of [`delete from ${table}`, `insert into ${table} default values`, `truncate ${table}`]) {
        await expect(as('authenticated', write), write).rejects.toMatchObject(DENIED);
      }
    }
    await expect(as('authenticated', "update stories set mode = 'real'")).rejects.toMatchObject(DENIED);
    for (const call of LEASE_CALLS)
      await expect(as('authenticated', `select ${call}`), call).rejects.toMatchObject(DENIED);
  });
});

test('the service role reads, writes and takes leases', async () => {
  const { id } = await createStoryRepositories(database.kysely).stories.create(newStory());
  await as('service_role', `update stories set mode = 'real' where id = '${id}'`);
  await as('service_role', `select acquire_story_lease('${id}', 'me', '1 minute')`);
  const { rows } = await as(
    'service_role',
    `select mode, holder from stories join story_leases on story_id = id where id = '${id}'`,
  );
  expect(rows).toEqual([{ mode: 'real', holder: 'me' }]);
  await as('service_role', `delete from stories where id = '${id}'`);
});
