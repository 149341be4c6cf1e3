import { setBackRedisTimes, setBackStoredTimes } from '@story-tree/testkit/clock/clock.ts';
import { startScriptedWorker } from '@story-tree/testkit/worker/childWorkers.ts';
import { scripted } from '@story-tree/testkit/worker/scriptedOperation.ts';
import { useWorkshop } from '@story-tree/testkit/worker/useWorkshop.ts';
import { BACKENDS, LOCK_MS, PATIENTLY } from '@story-tree/testkit/worker/workshop.ts';
import { describe, expect, it } from 'vitest';

const HOURS = 6;
const QUICKLY = { reconcileEveryMs: 200 };

describe.each(BACKENDS)('a clock that was set back, jobs on %s', (backend) => {
  const workshop = useWorkshop(backend);

  async function setBack(): Promise<void> {
    const { database, redis } = workshop();
    await setBackStoredTimes(database, HOURS);
    if (redis !== null) await setBackRedisTimes(redis.url, HOURS);
  }

  it('does not keep a task with a worker that died before', async () => {
    const { environment, storyTasks, newStory, awaitTask, ended, start, steps } = workshop();
    const worker = startScriptedWorker(environment);
    const { task } = await storyTasks.submit(scripted(await newStory(), { steps: 20, everyMs: 100 }));
    await awaitTask(task.id, ({ progress }) => progress > 0);
    await worker.end('SIGKILL');
    await setBack();
    await start(QUICKLY);
    expect(await ended(task.id)).toMatchObject({ status: 'succeeded' });
    expect(await steps(task.id)).toContain('resumed');
  });

  it('keeps no job whose worker died after the end of its task', async () => {
    const { environment, storyTasks, newStory, awaitTask, start, database, queue } = workshop();
    const worker = startScriptedWorker(environment);
    const { task } = await storyTasks.submit(scripted(await newStory(), { steps: 20, everyMs: 100 }));
    await awaitTask(task.id, ({ progress }) => progress > 0);
    await worker.end('SIGKILL');
    await database.pool.query(`select end_story_task($1, null, 'cancelled', null, '[]')`, [task.id]);
    await setBack();
    expect(await queue.metrics()).toMatchObject({ active: 1 });
    await start(QUICKLY);
    await expect.poll(() => queue.metrics(), PATIENTLY).toMatchObject({ active: 0, waiting: 0, delayed: 0 });
  });

  it('takes no task from a worker that is running it', async () => {
    const { storyTasks, newStory, awaitTask, ended, start, steps } = workshop();
    await start(QUICKLY);
    const { task } = await storyTasks.submit(scripted(await newStory(), { steps: 30, everyMs: 100 }));
    await awaitTask(task.id, ({ progress }) => progress > 0);
    await setBack();
    expect(await ended(task.id)).toMatchObject({ status: 'succeeded' });
    expect(await steps(task.id)).not.toContain('resumed');
  });

  it('does not keep a story with a command line that died before, nor a task waiting for it', async () => {
    const { storyTasks, newStory, leases, ended, start, database, steps, queue } = workshop();
    const storyId = await newStory();
    const { task } = await storyTasks.submit(scripted(storyId));
    const hold = `select acquire_story_lease($1, 'command line', make_interval(secs => $2))`;
    await database.pool.query(hold, [storyId, LOCK_MS / 1_000]);
    await setBack();
    expect(await leases.holder(storyId)).toBe('command line');
    const worker = await start({ reconcileEveryMs: 60_000 });
    await expect.poll(() => steps(task.id), PATIENTLY).toContain('waiting');
    await expect.poll(() => queue.metrics(), PATIENTLY).toMatchObject({ delayed: 1 });
    await worker.close();
    await setBack();
    await start(QUICKLY);
    expect(await ended(task.id)).toMatchObject({ status: 'succeeded' });
  });
});
