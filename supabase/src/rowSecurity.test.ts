import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEmptyDatabase, createTestDatabase } from '../../tests/support/database.ts';
import type { Database } from './connect.ts';
import { createModelCallJournal } from './journal.ts';
import { migrate } from './migrate.ts';
import { createStoryRepositories } from './repositories/index.ts';
import { createStoryTasksRepository } from './story-tasks/storyTasks.ts';
import { newCall, newStory, newTask, OUTCOME, storyWithChoices } from './testFixtures.ts';

const DENIED = { code: '42501' };
/** What even people who signed in have no business with. */
const CLOSED = ['story_task_keys', 'story_writes'];

let database: Database;
let storyId: string;
/** Every table, view, sequence and function of ours: what is added later is checked without further ado. */
let tables: string[];
let sequences: string[];
let functions: string[];

/** Supabase gives its callers everything that is made in `public`, until somebody takes it away again. */
async function likeSupabase(): Promise<Database> {
  // Makes sure that there are the roles, which belong to the cluster.
  await (await createTestDatabase()).close();
  const empty = await createEmptyDatabase();
  for (const kind of ['tables', 'functions', 'sequences']) {
    await sql`
      alter default privileges in schema public grant all on ${sql.raw(kind)} to anon, authenticated, service_role
    `.execute(empty.kysely);
  }
  await migrate({ connectionString: empty.connectionString, log: () => undefined });
  return empty;
}

describe.each([
  ['plain PostgreSQL', createTestDatabase],
  ['a database like that of Supabase', likeSupabase],
])('on %s', (_where, open) => {
  beforeAll(async () => {
    database = await open();
    ({ storyId } = await storyWithChoices(createStoryRepositories(database.kysely)));
    const idempotency = { key: 'key', requestHash: 'hash' };
    await createStoryTasksRepository(database.kysely).enqueue(newTask(storyId, { idempotency }));
    const journal = createModelCallJournal(database.kysely);
    await journal.commit(await journal.start(newCall(storyId), {}, new Map()), { text: 'secret' }, OUTCOME);

    const names = async (query: string) =>
      (await sql<{ name: string }>`${sql.raw(query)}`.execute(database.kysely)).rows.map(({ name }) => name);
    tables = await names(`
    select tablename as name from pg_tables where schemaname = 'public'
    union select viewname from pg_views where schemaname = 'public' order by 1
  `);
    sequences = await names(`select sequencename as name from pg_sequences where schemaname = 'public'`);
    functions = await names(`
    select oid::regprocedure::text as name from pg_proc where pronamespace = 'public'::regnamespace
  `);
  });
  afterAll(() => database.close());

  type Role = 'anon' | 'authenticated' | 'service_role';

  /** Runs one statement as one of the roles that Supabase gives to callers. */
  async function as(role: Role, statement: string) {
    return await database.kysely.transaction().execute(async (tx) => {
      await sql`set local role ${sql.id(role)}`.execute(tx);
      return await sql.raw<Record<string, unknown>>(statement).execute(tx);
    });
  }

  async function allowed(query: string): Promise<boolean> {
    const { rows } = await sql<{ allowed: boolean }>`select ${sql.raw(query)} as allowed`.execute(database.kysely);
    return rows[0]?.allowed ?? false;
  }

  test('there is something to protect', () => {
    expect(tables).toEqual(expect.arrayContaining(['stories', 'story_tasks', 'story_task_events', 'story_task_keys']));
    expect(sequences).toContain('story_task_event_ids');
    expect(functions).toContain('assert_story_lease(uuid,bigint)');
  });

  test('row-level security is on for every table', async () => {
    const { rows } = await sql`
    select relname from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relrowsecurity
  `.execute(database.kysely);
    expect(rows).toEqual([]);
  });

  describe.each(['anon', 'authenticated'] as const)('%s', (role) => {
    test('writes to no table', async () => {
      for (const table of tables) {
        for (const write of [`delete from ${table}`, `insert into ${table} default values`, `truncate ${table}`]) {
          await expect(as(role, write), write).rejects.toMatchObject(DENIED);
        }
        for (const privilege of ['insert', 'update', 'delete', 'truncate', 'references', 'trigger', 'maintain']) {
          expect(await allowed(`has_table_privilege('${role}', '${table}', '${privilege}')`), privilege).toBe(false);
        }
        expect(await allowed(`has_any_column_privilege('${role}', '${table}', 'insert, update')`), table).toBe(false);
      }
      await expect(as(role, `update story_tasks set status = 'cancelled'`)).rejects.toMatchObject(DENIED);
    });

    test('calls no function', async () => {
      for (const signature of functions) {
        expect(await allowed(`has_function_privilege('${role}', '${signature}', 'execute')`), signature).toBe(false);
      }
      for (const call of [
        `acquire_story_lease('${storyId}', 'me', '1 minute')`,
        `submit_story_task('{}', 'queued', null, '[]')`,
        `cancel_story_task((select id from story_tasks), '[]', '[]', '{}')`,
      ]) {
        await expect(as(role, `select ${call}`), call).rejects.toMatchObject(DENIED);
      }
    });

    test('uses no sequence', async () => {
      for (const sequence of sequences) {
        expect(await allowed(`has_sequence_privilege('${role}', '${sequence}', 'usage, select, update')`)).toBe(false);
      }
    });

    test('makes nothing', async () => {
      await expect(as(role, 'create table mine (x integer)')).rejects.toMatchObject(DENIED);
    });
  });

  test('anon sees no table', async () => {
    for (const table of tables) await expect(as('anon', `select from ${table}`), table).rejects.toMatchObject(DENIED);
  });

  describe('authenticated', () => {
    test('sees nothing of what is closed', async () => {
      for (const table of CLOSED) {
        await expect(as('authenticated', `select from ${table}`), table).rejects.toMatchObject(DENIED);
      }
    });

    test('reads every other table whole', async () => {
      for (const table of tables.filter((name) => !CLOSED.includes(name))) {
        const [theirs, all] = await Promise.all([
          as('authenticated', `select count(*) from ${table}`),
          sql.raw(`select count(*) from ${table}`).execute(database.kysely),
        ]);
        expect(theirs.rows, table).toEqual(all.rows);
      }
      expect((await as('authenticated', 'select * from scenelets')).rows).toHaveLength(3);
      expect((await as('authenticated', 'select * from story_task_events')).rows).toHaveLength(1);
    });
  });

  describe('the service role', () => {
    test('reads, writes and takes leases', async () => {
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

    test('does all that is done with tasks', async () => {
      const { id } = await createStoryRepositories(database.kysely).stories.create(newStory());
      const request = JSON.stringify({ ...newTask(id), idempotency: { key: 'service', requestHash: 'hash' } });
      const lines = '[{"eventType": "info", "step": "step", "message": "message", "progress": 1}]';
      const { rows } = await as(
        'service_role',
        `select (task).id from submit_story_task('${request}', 'queued', null, '${lines}')`,
      );
      const taskId = String(rows[0]?.id);
      for (const call of [
        `start_story_task('${taskId}', null, '${lines}')`,
        `draft_story_task('${taskId}', null, 1, 'so far')`,
        `record_story_task_events('${taskId}', null, '${lines}')`,
        `cancel_story_task('${taskId}', '${lines}', '${lines}', '{}')`,
        `finish_story_task('${taskId}', null, 'cancelled', null, '${lines}')`,
      ]) {
        await as('service_role', `select ${call}`);
      }
      await as('service_role', `delete from story_tasks where id = '${taskId}'`);
      expect((await as('service_role', `select from story_task_events where task_id = '${taskId}'`)).rows).toEqual([]);
    });

    test('changes nothing about the log', async () => {
      for (const write of ['update story_task_events set step = step', 'delete from story_task_events']) {
        await expect(as('service_role', write), write).rejects.toMatchObject(DENIED);
      }
      await expect(as('service_role', 'truncate story_task_events')).rejects.toMatchObject(DENIED);
    });
  });
});
