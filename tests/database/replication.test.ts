import { createStoryRepositories, createStoryTaskRun, createStoryTasksRepository, migrate } from '@story-tree/supabase';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '@story-tree/testkit/database/database.ts';
import { line, newStory, newTask } from '@story-tree/testkit/database/fixtures.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';

const PUBLICATION = 'supabase_realtime';
const SLOT = `published_${process.pid}`;

let database: TestDatabase;
let subscriber: Awaited<ReturnType<typeof connect>>;

const connect = () => database.pool.connect();

beforeEach(async () => {
  database = await createTestDatabase();
  subscriber = await connect();
  // Temporary, so that it goes with its session should this process be killed.
  await subscriber.query(`select pg_create_logical_replication_slot($1, 'pgoutput', true)`, [SLOT]);
});

afterEach(async () => {
  await subscriber.query('select pg_drop_replication_slot($1)', [SLOT]);
  subscriber.release(true);
  await database.close();
});

/** What a subscriber to the publication has been sent since the last time, as in `story_tasks insert`. */
async function published(): Promise<string[]> {
  const { rows } = await subscriber.query<{ data: Buffer }>(
    `select data from pg_logical_slot_get_binary_changes($1, null, null, 'proto_version', '1', 'publication_names', $2)`,
    [SLOT, PUBLICATION],
  );
  const relations = new Map<number, string>();
  return rows.flatMap(({ data }) => {
    const kind = String.fromCharCode(data[0] ?? 0);
    if (kind === 'R') relations.set(data.readUInt32BE(1), nameOfRelation(data));
    const change = { I: 'insert', U: 'update', D: 'delete' }[kind];
    return change === undefined ? [] : [`${relations.get(data.readUInt32BE(1))} ${change}`];
  });
}

/** A relation message: its kind, its id, then schema and name, each with a zero at its end. */
function nameOfRelation(data: Buffer): string {
  const [, name = ''] = data.subarray(5).toString('utf8').split('\0');
  return name;
}

it('publishes every change of tasks and their logs, and of nothing else', async () => {
  const { stories } = createStoryRepositories(database.kysely);
  const { id: storyId } = await stories.create(newStory());
  await stories.rename(storyId, 'New');
  expect(await published()).toEqual([]);

  const { task } = await createStoryTasksRepository(database.kysely).enqueue(newTask(storyId));
  expect(await published()).toEqual(['story_tasks insert', 'story_task_events insert']);

  const run = createStoryTaskRun(database.kysely, task.id);
  await run.start(line('started'));
  expect(await published()).toEqual(['story_tasks update', 'story_task_events insert']);

  await run.draft({ turn: 1, text: 'so far' });
  await run.record([line('unit', { progress: 40 })]);
  expect(await published()).toEqual(['story_tasks update', 'story_task_events insert']);

  await run.finish({ status: 'succeeded' }, line('succeeded'));
  expect(await published()).toEqual(['story_tasks update', 'story_task_events insert']);
});

it('publishes of each row what pages show, and nothing of what a task was asked with', async () => {
  const { stories } = createStoryRepositories(database.kysely);
  const { id: storyId } = await stories.create(newStory());
  await createStoryTasksRepository(database.kysely).enqueue(
    newTask(storyId, { payload: { guidance: 'a secret prompt' }, displayFields: { title: 'A title to show' } }),
  );
  const { rows } = await subscriber.query<{ data: Buffer }>(
    `select data from pg_logical_slot_get_binary_changes($1, null, null, 'proto_version', '1', 'publication_names', $2)`,
    [SLOT, PUBLICATION],
  );
  const sent = Buffer.concat(rows.map(({ data }) => data)).toString('latin1');
  expect(sent).toContain('A title to show');
  expect(sent).not.toContain('a secret prompt');
});

it('publishes the columns that people who signed in may read, with the key of each row', async () => {
  const { rows } = await database.pool.query(
    `select tablename, attnames::text[] as published,
       array(select attname::text from pg_attribute where attrelid = tablename::regclass and attnum > 0
         and has_column_privilege('authenticated', attrelid, attnum, 'select') order by attnum) as readable
     from pg_publication_tables where pubname = $1`,
    [PUBLICATION],
  );
  expect(rows).toHaveLength(2);
  for (const { published, readable } of rows) {
    expect(published).toEqual(readable);
    expect(published).toContain('id');
  }
});

it.each([
  ['brought along', `create publication ${PUBLICATION}`],
  ['brought along for other tables', `create table other (); create publication ${PUBLICATION} for table other`],
  ['for a schema', `create publication ${PUBLICATION} for tables in schema public`],
  ['for all tables', `create publication ${PUBLICATION} for all tables`],
])('uses a publication that is %s', async (_how, make) => {
  const empty = await createEmptyDatabase();
  await empty.pool.query(make);
  await migrate({ connectionString: empty.connectionString, log: () => undefined });
  const { rows } = await empty.pool.query(
    `select tablename, rowfilter, pubinsert, pubupdate from pg_publication_tables join pg_publication using (pubname)
      where pubname = $1 and tablename in ('story_tasks', 'story_task_events') order by tablename`,
    [PUBLICATION],
  );
  const whole = { rowfilter: null, pubinsert: true, pubupdate: true };
  expect(rows).toEqual([
    { tablename: 'story_task_events', ...whole },
    { tablename: 'story_tasks', ...whole },
  ]);
  await empty.close();
});
