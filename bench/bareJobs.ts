import type { Workshop } from '@story-tree/testkit/worker/workshop.ts';
import { createPostgresBackend, Queue, Worker, type WorkerOptions } from 'bullmq';
import { PgBoss } from 'pg-boss';
import { createEnds, type Ends, type Pace, TASKS, timed, WARM_UP } from './handIn.ts';

/** Seconds for all jobs, which do nothing, with one worker that does one at a time. */
export type BareJobs = (workshop: Workshop, pace: Pace) => Promise<number>;

/** Nothing is meant to be taken for dead, however busy the machine. */
export const LOCK_MS = 60_000;
const NAME = 'bare-jobs';

/** BullMQ as it comes, with connections of its own. The workshop has made its tables. */
export const onBullMq: BareJobs = async ({ database, redis }, pace) => {
  const ends = createEnds();
  const work = async () => undefined;
  const settings = { concurrency: 1, lockDuration: LOCK_MS } satisfies Partial<WorkerOptions>;
  const onPostgres = { connection: { connectionString: database.connectionString } };
  const onRedis = { connection: { url: redis?.url ?? '' } };
  const queue = redis ? new Queue(NAME, onRedis) : new Queue(NAME, onPostgres, createPostgresBackend);
  const worker = redis
    ? new Worker(NAME, work, { ...settings, ...onRedis })
    : new Worker(NAME, work, { ...settings, ...onPostgres }, createPostgresBackend);
  worker.on('completed', ends.one);
  await worker.waitUntilReady();
  const taken = await timed(pace, ends, (job) => queue.add('nothing', { job }));
  await worker.close();
  await queue.close();
  return taken;
};

/**
 * pg-boss as it comes, its tables within the workshop's database. Its own workers look for jobs twice a second at most;
 * here each is fetched as soon as it is there, which is the best that can be had of it.
 */
export const onPgBoss: BareJobs = async ({ database }, pace) => {
  const boss = await new PgBoss(database.connectionString).start();
  await boss.createQueue(NAME);
  const sent = createEnds();
  const ends = createEnds();
  const send = async (job: number) => {
    await boss.send(NAME, { job });
    sent.one();
  };
  const [taken] = await Promise.all([timed(pace, ends, send), fetchAndComplete(boss, sent, ends)]);
  await boss.stop();
  return taken;
};

async function fetchAndComplete(boss: PgBoss, sent: Ends, ends: Ends): Promise<void> {
  for (let count = 1; count <= WARM_UP + TASKS; count += 1) {
    await sent.reach(count);
    const [job] = await boss.fetch(NAME);
    if (job === undefined) throw new Error('A job was sent, but none is there to be fetched.');
    await boss.complete(NAME, job.id);
    ends.one();
  }
}
