import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { NOBODY } from '@story-tree/domain';
import { openQueue, openQueueBackend } from '@story-tree/story-tasks';
import { setBackRedisTimes, setBackStoredTimes } from '@story-tree/testkit/clock/clock.ts';
import { scripted } from '@story-tree/testkit/worker/scriptedOperation.ts';
import { useWorkshop } from '@story-tree/testkit/worker/useWorkshop.ts';
import { BACKENDS, PATIENTLY, type Workshop } from '@story-tree/testkit/worker/workshop.ts';
import { describe, expect, it, vi } from 'vitest';
import { openRetention, prune } from '../../task-worker/src/worker/retention.ts';

const OLD = '40 days';

/** Makes everything about a task older than it is. */
async function age({ database: { pool } }: Workshop, taskId: string): Promise<void> {
  await pool.query('alter table story_tasks disable trigger user');
  await pool.query(`update story_tasks set finished_at = finished_at - $2::interval where id = $1`, [taskId, OLD]);
  await pool.query('alter table story_tasks enable trigger user');
}

async function makeFolders({ environment }: Workshop, storyId: string): Promise<void> {
  for (const folder of foldersOf(environment)) {
    await mkdir(path.join(folder, storyId), { recursive: true });
    await writeFile(path.join(folder, storyId, 'left.txt'), 'over');
  }
}

function foldersOf({ STORY_TREE_ASSETS = '', STORY_TREE_OUTPUT = '' }: Workshop['environment']) {
  return [path.join(STORY_TREE_ASSETS, 'generated'), STORY_TREE_OUTPUT];
}

describe.each(BACKENDS)('what is old, jobs on %s', (backend) => {
  const workshop = useWorkshop(backend);

  it('goes, with the stories that were deleted before, their files and their jobs; the rest stays', async () => {
    const { start, storyTasks, newStory, ended, steps, tasks, database, queue, log, environment } = workshop();
    const [kept, gone, deletedNow] = [await newStory(), await newStory(), await newStory()];
    for (const storyId of [kept, gone, deletedNow]) await makeFolders(workshop(), storyId);
    const worker = await start({ runOperation: () => Promise.reject(new Error('for once')) });
    const old = await storyTasks.submit(scripted(kept));
    const oldToo = await storyTasks.submit(scripted(gone));
    const young = await storyTasks.submit(scripted(deletedNow));
    for (const { task } of [old, oldToo, young]) await ended(task.id);
    await expect.poll(() => queue.metrics(), PATIENTLY).toMatchObject({ failed: 3 });
    await worker.close();
    await age(workshop(), old.task.id);
    await age(workshop(), oldToo.task.id);
    await database.pool.query(`update stories set deleted_at = now() - $2::interval where id = $1`, [gone, OLD]);
    await database.pool.query(`update stories set deleted_at = now() where id = $1`, [deletedNow]);

    await prune({ environment, tasks, log }, queue);

    expect(await tasks.get(old.task.id)).toMatchObject({ status: 'failed' });
    expect(await steps(old.task.id)).toEqual(['failed']);
    expect(await tasks.get(oldToo.task.id)).toBeNull();
    expect(await tasks.get(young.task.id)).not.toBeNull();
    const { rows } = await database.pool.query<{ id: string }>('select id from stories');
    expect(rows.map(({ id }) => id).sort()).toEqual([kept, deletedNow].sort());
    for (const folder of foldersOf(environment)) {
      expect(await readdir(folder)).toEqual([kept]);
    }
  });

  it('goes by the clock of the database, and keeps what that has dated ahead', async () => {
    const { storyTasks, newStory, tasks, database, queue, log, environment } = workshop();
    const rename = { operation: 'RENAME_STORY', storyId: await newStory(), payload: { displayName: 'New' } };
    const { task } = await storyTasks.submit({ ...rename, requestedBy: NOBODY });
    await setBackStoredTimes(database, 24 * 40);
    await prune({ environment, tasks, log }, queue);
    expect(await tasks.get(task.id)).not.toBeNull();
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2099-01-01') });
    await prune({ environment, tasks, log }, queue).finally(() => vi.useRealTimers());
    expect(await tasks.get(task.id)).not.toBeNull();
  });

  it('is looked for every night, on a queue of its own', async () => {
    const { environment, database, log, queue } = workshop();
    const pruned = Promise.withResolvers<void>();
    const quiet = await openQueueBackend({ environment, database, log });
    const retention = await openRetention(quiet, async () => pruned.resolve());
    await retention.schedule();
    await retention.schedule();
    const nightly = await openQueue(quiet, 'story-task-retention');
    const schedulers = await nightly.getJobSchedulers();
    expect(schedulers).toMatchObject([{ pattern: '0 3 * * *' }]);
    expect(new Date(schedulers[0]?.next ?? 0).getHours()).toBe(3);
    const [job] = await nightly.getDelayed();
    await job?.promote();
    retention.run();
    await pruned.promise;
    expect(await queue.metrics()).toMatchObject({ completed: 0, waiting: 0 });
    await retention.close();
    await nightly.close();
    await quiet.close();
  });

  it.each([
    ['back', 48],
    ['forward', -48],
  ])('is looked for in the next night as well when the clock is set %s', async (_way, hours) => {
    const { environment, database, redis, log } = workshop();
    const pruned = Promise.withResolvers<void>();
    const quiet = await openQueueBackend({ environment, database, log });
    const retention = await openRetention(quiet, async () => pruned.resolve());
    const nightly = await openQueue(quiet, 'story-task-retention');
    await retention.schedule();
    await setBackStoredTimes(database, hours);
    if (redis !== null) await setBackRedisTimes(redis.url, hours);
    await retention.schedule();
    const [night, ...others] = await nightly.getJobSchedulers();
    expect(others).toEqual([]);
    expect(night?.next).toBeGreaterThan(Date.now());
    expect(night?.next).toBeLessThan(Date.now() + 27 * 60 * 60 * 1_000);
    const [job] = await nightly.getDelayed();
    await job?.promote();
    retention.run();
    await pruned.promise;
    await retention.close();
    await nightly.close();
    await quiet.close();
  });
});
