import { createPostgresBackend, Queue, Worker, type WorkerOptions } from 'bullmq';
import { NOBODY } from '../domain/src/index.ts';
import type { Log } from '../task-worker/src/log.ts';
import { type Backend, openWorkshop, type Workshop } from '../tests/worker/support/workshop.ts';
import { type BenchRow, seconds } from './measure.ts';

const TASKS = 200;
/** Done before the clock starts: both sides have new connections, whose first statements are planned from nothing. */
const WARM_UP = 20;
/** Nothing is meant to be taken for dead, however busy the machine. */
const LOCK_MS = 60_000;

/** Whether each is handed in when the one before has ended, or all of them as fast as they are taken. */
type Pace = 'one after the other' | 'all at once';

/** Tasks that do nothing, handed in and seen through to their end, against bare jobs in the same database. */
export function tasksOnPostgresRow(pace: Pace): BenchRow {
  return {
    name: `${TASKS} tasks that do nothing, jobs on PostgreSQL, ${pace}`,
    baseline: 'BullMQ alone on the same database',
    bar: 3,
    round: async () => {
      const { tasks, jobs } = await round('postgres', pace);
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
      const { tasks, jobs } = await round('redis', 'all at once');
      return ((tasks - jobs) / TASKS) * 1_000;
    },
  };
}

/** Seconds for all, with one worker that does one at a time. */
async function round(backend: Backend, pace: Pace): Promise<{ tasks: number; jobs: number }> {
  const workshop = await openWorkshop(backend, { TASK_WORKER_LOCK_MS: LOCK_MS, TASK_WORKER_CONCURRENCY: 1 });
  try {
    return { jobs: await bareJobs(workshop, pace), tasks: await wholeTasks(workshop, pace) };
  } finally {
    await workshop.close();
  }
}

/** BullMQ as it comes, with connections of its own. The workshop has made its tables. */
async function bareJobs({ database, redis }: Workshop, pace: Pace): Promise<number> {
  const name = 'bare-jobs';
  const ends = createEnds();
  const work = async () => undefined;
  const settings = { concurrency: 1, lockDuration: LOCK_MS } satisfies Partial<WorkerOptions>;
  const onPostgres = { connection: { connectionString: database.connectionString } };
  const onRedis = { connection: { url: redis?.url ?? '' } };
  const queue = redis ? new Queue(name, onRedis) : new Queue(name, onPostgres, createPostgresBackend);
  const worker = redis
    ? new Worker(name, work, { ...settings, ...onRedis })
    : new Worker(name, work, { ...settings, ...onPostgres }, createPostgresBackend);
  worker.on('completed', ends.one);
  await worker.waitUntilReady();
  const taken = await timed(pace, ends, (job) => queue.add('nothing', { job }));
  await worker.close();
  await queue.close();
  return taken;
}

async function wholeTasks({ start, newStory, storyTasks }: Workshop, pace: Pace): Promise<number> {
  const stories: string[] = [];
  for (let story = 0; story < WARM_UP + TASKS; story += 1) stories.push(await newStory());
  const ends = createEnds();
  const log: Log = (_level, message) => {
    if (message === 'The task has succeeded.') ends.one();
  };
  await start({ log, runOperation: async () => ({ message: 'Nothing was to be done.' }) });
  return timed(pace, ends, (task) =>
    storyTasks.submit({
      operation: 'REGENERATE_CONSTITUTION',
      storyId: stories[task],
      payload: {},
      requestedBy: NOBODY,
    }),
  );
}

type HandIn = (index: number) => Promise<unknown>;

/** Seconds for all after the warm-up. */
async function timed(pace: Pace, ends: Ends, one: HandIn): Promise<number> {
  const handIn = async (from: number, to: number) => {
    for (let index = from; index < to; index += 1) {
      await one(index);
      if (pace === 'one after the other') await ends.reach(index + 1);
    }
    await ends.reach(to);
  };
  await handIn(0, WARM_UP);
  return seconds(() => handIn(WARM_UP, WARM_UP + TASKS));
}

interface Ends {
  /** One more has ended. */
  one(): void;
  /** Resolved when so many have. */
  reach(count: number): Promise<void>;
}

function createEnds(): Ends {
  let ended = 0;
  let next = Promise.withResolvers<void>();
  return {
    one() {
      ended += 1;
      next.resolve();
      next = Promise.withResolvers();
    },
    async reach(count) {
      while (ended < count) await next.promise;
    },
  };
}
