import { createEmptyDatabase, createTestDatabase } from '@story-tree/testkit/database/database.ts';
import {
  line,
  newCall,
  newShot,
  newStory,
  newTask,
  OUTCOME,
  storyWithChoices,
} from '@story-tree/testkit/database/fixtures.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from './connect.ts';
import { createModelCallJournal } from './journal.ts';
import { createStoryLeases } from './leases.ts';
import { migrate } from './migrations/migrate.ts';
import { createStoryRepositories } from './repositories/index.ts';
import { createStoryTaskRun } from './story-tasks/storyTaskRun.ts';
import { createStoryTasksRepository } from './story-tasks/storyTasks.ts';

const DENIED = { code: '42501' };
/** What even people who signed in have no business with. */
const CLOSED = ['story_task_keys', 'story_writes'];

/** The column that says which story a row belongs to. */
function storyOf(table: string): string {
  return table === 'stories' ? 'id' : 'story_id';
}

let database: Database;
let storyId: string;
/** Every table, view, sequence and function in our schema, so that what is added later is checked too. */
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

/** A story with something in every table. @returns its id */
async function fullStory({ kysely }: Database): Promise<string> {
  const repositories = createStoryRepositories(kysely);
  const { storyId, root } = await storyWithChoices(repositories);
  await repositories.stories.saveConstitution(storyId, {
    markdown: '# A',
    targetSceneletsPerPath: 2,
    proposedTitle: 'A',
  });
  await repositories.shots.replaceForScenelet(storyId, root.id, 1, [newShot(1)]);
  const imagePath = `generated/${storyId}/sheet.png`;
  await repositories.referenceImages.set(storyId, { kind: 'character', designId: 'ada', imagePath });
  const journal = createModelCallJournal(kysely);
  const texts = new Map([['a'.repeat(64), 'a long prompt']]);
  await journal.commit(await journal.start(newCall(storyId), {}, texts), { text: 'secret' }, OUTCOME);
  const idempotency = { key: storyId, requestHash: 'hash' };
  const { task } = await createStoryTasksRepository(kysely).enqueue(newTask(storyId, { idempotency }));
  const run = createStoryTaskRun(kysely, task.id);
  await run.start(line('started'));
  await run.draft({ turn: 1, text: 'so far' });
  const deletion = { operation: 'DELETE_STORY', payload: {}, displayFields: { title: 'Delete story' } } as const;
  await createStoryTasksRepository(kysely).enqueue(newTask(storyId, { ...deletion, exclusive: false }));
  await createStoryLeases(kysely).acquire(storyId, 'me');
  return storyId;
}

describe.each([
  ['plain PostgreSQL', createTestDatabase],
  ['a database like that of Supabase', likeSupabase],
])('on %s', (_where, open) => {
  beforeAll(async () => {
    database = await open();
    storyId = await fullStory(database);

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
        `cancel_story_task((select max(id::text)::uuid from story_tasks), '[]', '[]', '{}')`,
      ]) {
        await expect(as(role, `select ${call}`), call).rejects.toMatchObject(DENIED);
      }
    });

    test('uses no sequence', async () => {
      for (const sequence of sequences) {
        expect(await allowed(`has_sequence_privilege('${role}', '${sequence}', 'usage, select, update')`)).toBe(false);
      }
    });

    test('creates nothing', async () => {
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
      expect((await as('authenticated', 'select id from story_task_events')).rows).toHaveLength(3);
    });

    test('reads of tasks and their logs what pages show', async () => {
      for (const column of ['story_tasks.payload', 'story_tasks.exclusive', 'story_task_events.progress_override']) {
        const [table = ''] = column.split('.');
        await expect(as('authenticated', `select ${column} from ${table}`), column).rejects.toMatchObject(DENIED);
      }
    });

    describe('with a story that was deleted', () => {
      let deletedId: string;
      /** How many rows each table has of the story, as somebody sees it. */
      const rowsOf = async (read: (statement: string) => Promise<{ rows: Record<string, unknown>[] }>) => {
        const counts: Record<string, number> = {};
        for (const table of tables.filter((name) => !CLOSED.includes(name))) {
          const { rows } = await read(
            `select count(*)::integer from ${table} where ${storyOf(table)} = '${deletedId}'`,
          );
          counts[table] = Number(rows[0]?.count);
        }
        return counts;
      };
      const asOwner = (statement: string) => sql.raw<Record<string, unknown>>(statement).execute(database.kysely);
      const asReader = (statement: string) => as('authenticated', statement);

      beforeAll(async () => {
        deletedId = await fullStory(database);
      });

      test('sees nothing of it in any table, and before it was deleted all of it', async () => {
        const there = await rowsOf(asOwner);
        for (const [table, count] of Object.entries(there)) expect(count, table).toBeGreaterThan(0);
        expect(await rowsOf(asReader)).toEqual(there);

        await asOwner(`update stories set deleted_at = now() where id = '${deletedId}'`);
        expect(await rowsOf(asOwner)).toEqual(there);
        const { story_tasks, story_task_events, ...others } = await rowsOf(asReader);
        for (const [table, count] of Object.entries(others)) expect(count, table).toBe(0);
        expect(await rowsOf((statement) => as('service_role', statement))).toEqual(there);

        // Those who watch its deletion see that end, which tells nothing of the story.
        expect([story_tasks, story_task_events]).toEqual([1, 1]);
        const { rows } = await asReader(
          `select operation, display_fields from story_tasks where story_id = '${deletedId}'`,
        );
        expect(rows).toEqual([{ operation: 'DELETE_STORY', display_fields: { title: 'Delete story' } }]);
        const log = await asReader(`select message from story_task_events join story_tasks task on task.id = task_id
          where task.story_id = '${deletedId}' and operation = 'DELETE_STORY'`);
        expect(log.rows).toHaveLength(1);
      });
    });

    test('sees nothing when signed in anonymously', async () => {
      const seen = async (claims: string) => {
        const counts: number[] = [];
        for (const table of tables.filter((name) => !CLOSED.includes(name))) {
          const { rows } = await database.kysely.transaction().execute(async (tx) => {
            await sql`set local role authenticated`.execute(tx);
            await sql`select set_config('request.jwt.claims', ${claims}, true)`.execute(tx);
            return await sql.raw<{ count: number }>(`select count(*)::integer from ${table}`).execute(tx);
          });
          counts.push(Number(rows[0]?.count));
        }
        return counts;
      };
      expect(await seen('{"is_anonymous": true}')).toEqual(tables.slice(CLOSED.length).map(() => 0));
      for (const claims of ['{"is_anonymous": false}', '{}', '']) {
        for (const count of await seen(claims)) expect(count).toBeGreaterThan(0);
      }
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
        `end_story_task('${taskId}', null, 'cancelled', null, '${lines}')`,
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
