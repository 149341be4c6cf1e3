import { createPostgresBackend, Queue, Worker, type WorkerOptions } from 'bullmq';
import { NOBODY } from '../domain/src/index.ts';
import { openWorkshop, type Workshop } from '../tests/worker/support/workshop.ts';
import { type BenchRow, seconds } from './measure.ts';

const TASKS = 300;
/** Nothing is meant to be taken for dead, however busy the machine. */
const LOCK_MS = 60_000;

/** Tasks that do nothing, handed in and seen through to their end, against bare jobs in the same database. */
export function tasksOnPostgresRow(): BenchRow {
  return {
    name: `${TASKS} tasks that do nothing, jobs on PostgreSQL`,
    baseline: 'BullMQ alone on the same database',
    bar: 3,
    round: async () => {
      const { tasks, jobs } = await round('postgres');
      return tasks / jobs;
    },
  };
}

/** What a task takes beyond its bare job on Redis: everything that its rows cost. */
export function tasksOnRedisRow(): BenchRow {
  return {
    name: `${TASKS} tasks that do nothing, jobs on Redis: time added for each`,
    baseline: 'one millisecond',
    bar: 5,
    round: async () => {
      const { tasks, jobs } = await round('redis');
      return ((tasks - jobs) / TASKS) * 1_000;
    },
  };
}

/** Seconds for all, with one worker that does one at a time. */
async function round(backend: 'postgres' | 'redis'): Promise<{ tasks: number; jobs: number }> {
  const workshop = await openWorkshop(backend, { TASK_WORKER_LOCK_MS: LOCK_MS, TASK_WORKER_CONCURRENCY: 1 });
  try {
    return { jobs: await bareJobs(workshop), tasks: await wholeTasks(workshop) };
  } finally {
    await workshop.close();
  }
}

/** BullMQ as it comes, with connections of its own. The workshop has made its tables. */
async function bareJobs({ database, redis }: Workshop): Promise<number> {
  const name = 'bare-jobs';
  const done = Promise.withResolvers<void>();
  let finished = 0;
  const work = async () => undefined;
  const settings = { concurrency: 1, lockDuration: LOCK_MS } satisfies Partial<WorkerOptions>;
  const onPostgres = { connection: { connectionString: database.connectionString } };
  const onRedis = { connection: { url: redis?.url ?? '' } };
  const queue = redis ? new Queue(name, onRedis) : new Queue(name, onPostgres, createPostgresBackend);
  const worker = redis
    ? new Worker(name, work, { ...settings, ...onRedis })
    : new Worker(name, work, { ...settings, ...onPostgres }, createPostgresBackend);
  worker.on('completed', () => {
    finished += 1;
    if (finished === TASKS) done.resolve();
  });
  await worker.waitUntilReady();
  const taken = await seconds(async () => {
    for (let job = 0; job < TASKS; job += 1) await queue.add('nothing', { job });
    await done.promise;
  });
  await worker.close();
  await queue.close();
  return taken;
}

async function wholeTasks({ start, newStory, storyTasks, ended }: Workshop): Promise<number> {
  const stories: string[] = [];
  for (let story = 0; story < TASKS; story += 1) stories.push(await newStory());
  await start({ runOperation: async () => ({ message: 'Nothing was to be done.' }) });
  return seconds(async () => {
    const submitted: string[] = [];
    for (const storyId of stories) {
      const request = { operation: 'REGENERATE_CONSTITUTION', storyId, payload: {}, requestedBy: NOBODY };
      submitted.push((await storyTasks.submit(request)).task.id);
    }
    for (const taskId of submitted.reverse()) await ended(taskId);
  });
}
