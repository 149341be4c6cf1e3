import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { hasEnded, type StoryTaskStatus } from '../../../domain/src/index.ts';
import type { Database } from '../../../supabase/src/index.ts';
import { openStoryTaskQueue } from '../../../task-worker/src/client/index.ts';
import type { Follower } from './follower.ts';
import type { PatientClient } from './patientClient.ts';
import { type Stack, WORKERS } from './stack.ts';

const PATIENTLY = { timeout: 90_000 };

/** Each task that was asked for is there and has ended, as it may; there are no others; and each log has one end. */
export async function expectAllEnded({ pool }: Database, { asked }: PatientClient): Promise<void> {
  const { rows: tasks } = await pool.query<{ id: string; status: StoryTaskStatus; progress: number; steps: string[] }>(
    `select id, status, progress,
            array(select step from story_task_events where task_id = story_tasks.id order by id) as steps
     from story_tasks`,
  );
  expect(tasks.map(({ id }) => id).sort()).toEqual([...asked.keys()].sort());
  for (const { id, status, progress, steps } of tasks) {
    expect(asked.get(id), `${id} with ${steps}`).toContain(status);
    if (status === 'succeeded') expect(progress).toBe(100);
    expect(steps[0]).toBe('queued');
    expect(steps.filter((step) => step === 'started').length, `${steps}`).toBeLessThanOrEqual(1);
    expect(
      steps.findIndex((step) => hasEnded(step as StoryTaskStatus)),
      `${steps}`,
    ).toBe(steps.length - 1);
    expect(steps.at(-1)).toBe(status);
  }
}

/** What was under way when things broke. @returns it as a sentence */
export async function expectInterrupted({ pool }: Database): Promise<string> {
  const { rows } = await pool.query<{ tasks: number; resumed: number; events: number; calls: number; lost: number }>(
    `select (select count(*) from story_tasks)::integer as tasks,
            count(*) filter (where step = 'resumed')::integer as resumed, count(*)::integer as events,
            (select count(*) from model_calls)::integer as calls,
            (select count(*) from model_calls where status = 'started')::integer as lost
     from story_task_events`,
  );
  const { tasks = 0, resumed = 0, events = 0, calls = 0, lost = 0 } = rows[0] ?? {};
  expect(resumed, 'nothing was under way').toBeGreaterThan(0);
  return `${tasks} tasks, ${resumed} times taken up again; ${events} events; ${calls} calls of models, ${lost} lost`;
}

/** A client of the stream has been told what stands in the log: all of it, once, in order, and never that a task went back. */
export async function expectToldAll({ pool }: Database, follower: Follower): Promise<void> {
  const { rows } = await pool.query<{ id: string; taskId: string; step: string; message: string }>(
    'select id, task_id as "taskId", step, message from story_task_events order by id',
  );
  await follower.reaches(rows.at(-1)?.id ?? '0');
  const told = follower.received.map(({ id, event: { taskId, step, message } }) => ({ id, taskId, step, message }));
  expect(told).toEqual(rows);
  expect(follower.objections).toEqual([]);
}

/** No reply that was committed was asked for again, and no more was lost than what was under way at each of the faults. */
export async function expectNothingPaidTwice({ pool }: Database, faults: number): Promise<void> {
  const same = 'story_id, workflow_task, unit_key, request_hash';
  const twice = await pool.query(
    `select ${same}, count(*) from model_calls where status = 'committed' group by ${same} having count(*) > 1`,
  );
  expect(twice.rows, 'replies committed twice').toEqual([]);
  const after = await pool.query(
    `select ${same} from model_calls late where exists (
       select from model_calls early where (${same.replaceAll(/\w+/g, 'early.$&')}) = (${same.replaceAll(/\w+/g, 'late.$&')})
         and early.status = 'committed' and early.finished_at < late.started_at)`,
  );
  expect(after.rows, 'asked for again after they were committed').toEqual([]);
  const lost = await pool.query<{ count: number }>(
    `select count(*)::integer as count from model_calls where status in ('started', 'failed')`,
  );
  // Each process has four slots.
  expect(lost.rows[0]?.count).toBeLessThanOrEqual(faults * WORKERS * 4);
}

/** On disk is what the rows name, and the bundles of stories that were finished; nothing half-made lies beside them. */
export async function expectFilesAsRows({ pool }: Database, { assets, output }: Stack): Promise<void> {
  const { rows } = await pool.query<{ path: string }>(
    `select key_frame_image_path as path from shots union all select audio_file_path from shots
     union all select image_path from reference_images`,
  );
  expect(await filesBelow(assets)).toEqual(rows.map((row) => row.path).sort());
  const finished = await pool.query<{ id: string }>(
    `select distinct stories.id::text from stories join story_tasks on story_id = stories.id
     where deleted_at is null and status = 'succeeded' and (payload ->> 'runAll' = 'true' or payload ->> 'task' = 'ALL')
     order by 1`,
  );
  expect((await readdir(output)).sort()).toEqual(finished.rows.map(({ id }) => id));
}

/** Nobody holds a story, nothing waits in the queue, and everybody is at their place. */
export async function expectAtRest(database: Database, { redis, url }: Stack): Promise<void> {
  const live = () => database.pool.query('select from story_leases where expires_at > now()');
  await expect.poll(async () => (await live()).rowCount, PATIENTLY).toBe(0);
  const environment = redis === null ? {} : { REDIS_URL: redis.url };
  const queue = await openStoryTaskQueue({ environment, database, log: () => undefined });
  try {
    await expect.poll(() => queue.metrics(), PATIENTLY).toMatchObject({ waiting: 0, active: 0, delayed: 0, failed: 0 });
  } finally {
    await queue.close();
  }
  const health = async () => (await fetch(`${url}/api/health?ready`)).json();
  await expect.poll(health, PATIENTLY).toMatchObject({ status: 'ok', workers: WORKERS });
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name))).sort();
}
