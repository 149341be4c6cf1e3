import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { createStoryRepositories, createStoryTaskRun } from '@story-tree/supabase';
import { bareEnvironment } from '@story-tree/testkit/programs/processEnvironment.ts';
import { scripted } from '@story-tree/testkit/worker/scriptedOperation.ts';
import { useWorkshop } from '@story-tree/testkit/worker/useWorkshop.ts';
import pg from 'pg';
import { expect, it, onTestFinished } from 'vitest';

const CHILD = path.resolve(import.meta.dirname, '../../testkit/src/worker/stoppingClientChild.ts');
const workshop = useWorkshop('postgres');

const LINE = { eventType: 'info', step: 'line', message: 'A line.' } as const;

/** A connection of its own to a task that runs. @returns what writes a line to the task's log over it */
async function openLog(): Promise<{ client: pg.Client; write(): Promise<unknown> }> {
  const { database, newStory, storyTasks } = workshop();
  const { task } = await storyTasks.submit(scripted(await newStory()));
  await createStoryTaskRun(database.kysely, task.id).start(LINE);
  const client = new pg.Client(database.connectionString);
  client.on('error', () => undefined);
  await client.connect();
  onTestFinished(() => client.end());
  // Whoever has to wait for a lock fails by that, long before others are let go for their silence.
  await client.query(`set lock_timeout = '1s'`);
  const record = 'select public.record_story_task_events($1, null, $2)';
  return { client, write: () => client.query(record, [task.id, JSON.stringify([LINE])]) };
}

function standsStill({ pid }: ChildProcess): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.startsWith('T');
}

it('a client that stops between any two of its steps keeps nobody from writing to the log of another task', async () => {
  const { database, newStory, tasks } = workshop();
  const { write } = await openLog();
  const storyId = await newStory();
  await createStoryRepositories(database.kysely).stories.reviseConstitution(storyId, 'one', 'generated');
  const client = spawn(process.execPath, [CHILD, database.connectionString, storyId], {
    env: bareEnvironment(),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  onTestFinished(() => void client.kill('SIGKILL'));
  let stops = 0;
  while (client.exitCode === null) {
    if (standsStill(client)) {
      stops += 1;
      await write();
      client.kill('SIGCONT');
    }
    await sleep(10);
  }
  expect(client.exitCode).toBe(0);
  // At least once for each thing that it asked for.
  expect(stops).toBeGreaterThanOrEqual(6);
  const { tasks: asked } = await tasks.list(storyId, { state: 'all', limit: 10 });
  expect(asked.map(({ status }) => status).sort()).toEqual(['cancelled', 'succeeded', 'succeeded']);
});

it('who writes in a transaction and then falls silent is let go, so that others can write', async () => {
  const silent = await openLog();
  const other = await openLog();
  await silent.client.query('begin');
  await silent.write();
  await expect(other.write()).rejects.toMatchObject({ code: '55P03' });
  await other.client.query(`set lock_timeout = '30s'`);
  await other.write();
  await expect(silent.client.query('commit')).rejects.toThrow();
});
