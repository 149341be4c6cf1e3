import { type Log, NOBODY } from '@story-tree/domain';
import { type Backend, openWorkshop, type Workshop } from '@story-tree/testkit/worker/workshop.ts';
import { type BareJobs, LOCK_MS, onBullMq, onPgBoss } from './bareJobs.ts';
import { createEnds, type Pace, TASKS, timed, WARM_UP } from './handIn.ts';
import type { BenchRow } from './measure.ts';

/** Tasks that do nothing, from handing in to their end, compared with bare jobs in the same database. */
export function tasksOnPostgresRow(pace: Pace): BenchRow {
  return againstBareJobs(pace, 'BullMQ alone on the same database', 2, onBullMq);
}

/** The same tasks compared with another queue, which fetches and completes its jobs in the same database. */
export function tasksAgainstPgBossRow(pace: Pace): BenchRow {
  return againstBareJobs(pace, 'pg-boss alone on the same database', 3, onPgBoss);
}

/** What a task takes beyond its bare job on Redis: the whole cost of its rows. */
export function tasksOnRedisRow(): BenchRow {
  return {
    name: `${TASKS} tasks that do nothing, jobs on Redis: time added to each`,
    baseline: 'one millisecond',
    bar: 1.5,
    round: async () => {
      const { tasks, jobs } = await round('redis', 'all at once', onBullMq);
      return ((tasks - jobs) / TASKS) * 1_000;
    },
  };
}

function againstBareJobs(pace: Pace, baseline: string, bar: number, bareJobs: BareJobs): BenchRow {
  return {
    name: `${TASKS} tasks that do nothing, jobs on PostgreSQL, ${pace}`,
    baseline,
    bar,
    round: async () => {
      const { tasks, jobs } = await round('postgres', pace, bareJobs);
      return tasks / jobs;
    },
  };
}

/** The seconds that all take, with one worker that takes one at a time. */
async function round(backend: Backend, pace: Pace, bareJobs: BareJobs): Promise<{ tasks: number; jobs: number }> {
  const workshop = await openWorkshop(backend, { TASK_WORKER_LOCK_MS: LOCK_MS, TASK_WORKER_CONCURRENCY: 1 });
  try {
    return { jobs: await bareJobs(workshop, pace), tasks: await wholeTasks(workshop, pace) };
  } finally {
    await workshop.close();
  }
}

async function wholeTasks({ start, newStory, storyTasks }: Workshop, pace: Pace): Promise<number> {
  const stories: string[] = [];
  for (let story = 0; story < WARM_UP + TASKS; story += 1) stories.push(await newStory());
  const ends = createEnds();
  const log: Log = (_level, message) => {
    if (message === 'The task has succeeded.') ends.one();
  };
  await start({ log, runOperation: async () => ({ message: 'There was nothing to do.' }) });
  return timed(pace, ends, (task) =>
    storyTasks.submit({
      operation: 'REGENERATE_CONSTITUTION',
      storyId: stories[task],
      payload: {},
      requestedBy: NOBODY,
    }),
  );
}
