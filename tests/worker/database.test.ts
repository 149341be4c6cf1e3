import { createStoryTasks, openStoryTaskQueue } from '@story-tree/story-tasks';
import { createStoryTasksRepository, migrate, openDatabase, stopCluster } from '@story-tree/supabase';
import { ensure, makeHome, postmasterPid, removeHome, until } from '@story-tree/testkit/database/clusters.ts';
import { createEmptyDatabase } from '@story-tree/testkit/database/database.ts';
import { storeNewStory } from '@story-tree/testkit/database/fixtures.ts';
import { startRealWorker, startScriptedWorker } from '@story-tree/testkit/worker/childWorkers.ts';
import { scripted } from '@story-tree/testkit/worker/scriptedOperation.ts';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

const silent = () => undefined;
let home: string;

beforeAll(async () => {
  home = await makeHome();
});

afterAll(() => removeHome(home));

it('waits for a database that is down when it starts, says so, and ends when told to', async () => {
  const { connectionString } = await ensure(home);
  await stopCluster({ home });
  const worker = startRealWorker({ DATABASE_URL: connectionString });
  await worker.says('Trying again every 2 seconds');
  await ensure(home);
  await worker.says('The worker is ready');
  expect(worker.said()).not.toContain(new URL(connectionString).password);
  expect(await worker.end('SIGTERM')).toBe(0);
});

it('ends with the reason where the database refuses the password', async () => {
  const database = await createEmptyDatabase();
  onTestFinished(() => database.close());
  const url = new URL(database.connectionString);
  url.password = 'guess';
  const worker = startRealWorker({ DATABASE_URL: url.href });
  await worker.says('refuses the user or the password in DATABASE_URL');
  expect(await worker.end('SIGTERM')).toBe(1);
});

it('ends when told to while it waits', async () => {
  const { connectionString } = await ensure(home);
  await stopCluster({ home });
  const worker = startRealWorker({ DATABASE_URL: connectionString });
  await worker.says('Trying again every 2 seconds');
  expect(await worker.end('SIGTERM')).toBe(0);
});

describe('a database that is killed while a task runs', () => {
  it('is started again, and the task goes on to its end', async () => {
    const database = await openDatabase({ home, log: silent });
    await migrate({ connectionString: database.connectionString, log: silent });
    const queue = await openStoryTaskQueue({ environment: {}, database, log: silent });
    const tasks = createStoryTasksRepository(database.kysely);
    const storyTasks = createStoryTasks({ tasks, queue, mode: 'stub', log: silent });
    const storyId = await storeNewStory(database);
    const worker = startScriptedWorker({ STORY_TREE_HOME: home, TASK_WORKER_LOCK_MS: 1_000 });
    const { task } = await storyTasks.submit(scripted(storyId, { steps: 30, everyMs: 50 }));
    await until('the task runs', async () => ((await tasks.get(task.id))?.progress ?? 0) > 0);

    process.kill(await postmasterPid(await ensure(home)), 'SIGKILL');

    await until('the task has ended', async () => {
      const now = await tasks.get(task.id).catch(() => null);
      return now?.status === 'succeeded';
    });
    expect((await tasks.get(task.id))?.progress).toBe(100);
    // The worker still takes tasks.
    const next = await storyTasks.submit(scripted(storyId));
    await until('the next task has ended', async () => (await tasks.get(next.task.id))?.status === 'succeeded');
    expect(await worker.end('SIGTERM')).toBe(0);
    await queue.close();
    await database.close();
  });
});
