import type { Workshop } from '@story-tree/testkit/worker/workshop.ts';
import { createPostgresBackend, Queue, Worker, type WorkerOptions } from 'bullmq';
import { PgBoss } from 'pg-boss';
import { createEnds, type Ends, type Pace, TASKS, timed, WARM_UP } from './handIn.ts';

/** Runs jobs that do nothing, with one worker that takes one at a time. Resolves to the seconds that all of them took. */
export type BareJobs = (workshop: Workshop, pace: Pace) => Promise<number>;

/** So long that nothing is taken for dead, however busy the machine. */
export const LOCK_MS = 60_000;
const NAME = 'bare-jobs';

/** Plain BullMQ, with its own connections. The workshop has created its tables. */
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
 * Plain pg-boss, with its tables in the workshop's database. Its own workers look for jobs twice a second at most; here each
 * job is fetched as soon as it is sent, which is the best that pg-boss can do.
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
    if (job === undefined) throw new Error('A job was sent, but there is none to fetch.');
    await boss.complete(NAME, job.id);
    ends.one();
  }
}
