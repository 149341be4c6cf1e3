import {
  createStoryRepositories,
  createStoryTasksRepository,
  type Database,
  migrate,
  openDatabase,
  openStoryTaskFeed,
} from '@story-tree/supabase';
import { ensure, makeHome, postmasterPid, removeHome, until } from '@story-tree/testkit/database/clusters.ts';
import { newStory, newTask } from '@story-tree/testkit/database/fixtures.ts';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';

const silent = () => undefined;
let home: string;
let database: Database;
let writer: Database;
const leaving = new AbortController();

beforeAll(async () => {
  home = await makeHome();
});
afterAll(() => removeHome(home));

beforeEach(async () => {
  database = await openDatabase({ home, log: silent });
  writer = await openDatabase({ home, log: silent });
  await migrate({ connectionString: database.connectionString, log: silent });
});
afterEach(async () => {
  await Promise.all([database.close(), writer.close()]);
});

async function enqueue() {
  const { id } = await createStoryRepositories(writer.kysely).stories.create(newStory());
  await createStoryTasksRepository(writer.kysely).enqueue(newTask(id));
}

async function crash() {
  process.kill(await postmasterPid(await ensure(home)), 'SIGKILL');
  await until('the connections are broken', () => writer.pool.totalCount === 0);
}

it('goes on after crashes of the server, with nothing lost or repeated', async () => {
  const feed = openStoryTaskFeed({ database, log: silent, pollEveryMs: 200 });
  const seen: string[] = [];
  const reading = (async () => {
    for await (const message of feed.read({ after: '0', signal: leaving.signal })) {
      if (message.kind === 'task') seen.push(message.cursor);
    }
  })();
  let expected = 0;
  for (let round = 0; round < 2; round++) {
    for (let n = 0; n < 3; n++, expected++) await enqueue();
    await until('everything before the crash has come', () => seen.length === expected);
    await crash();
    for (let n = 0; n < 3; n++, expected++) await enqueue();
    await until('everything after the crash has come', () => seen.length === expected);
  }
  leaving.abort();
  await reading;
  await feed.close();
  const { rows } = await writer.pool.query<{ id: string }>('select id from story_task_events order by id');
  expect(seen).toEqual(rows.map(({ id }) => id));
});
