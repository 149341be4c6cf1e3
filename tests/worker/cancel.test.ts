import { setTimeout as sleep } from 'node:timers/promises';
import { scripted } from '@story-tree/testkit/worker/scriptedOperation.ts';
import { useWorkshop } from '@story-tree/testkit/worker/useWorkshop.ts';
import { BACKENDS } from '@story-tree/testkit/worker/workshop.ts';
import { describe, expect, it } from 'vitest';

const LONG = { steps: 1_000, everyMs: 50 };

describe.each(BACKENDS)('cancelling, jobs on %s', (backend) => {
  const workshop = useWorkshop(backend);

  it('takes a task that waits out of the queue', async () => {
    const { start, storyTasks, newStory, ended, steps, queue } = workshop();
    const { task } = await storyTasks.submit(scripted(await newStory()));
    expect(await storyTasks.cancel(task.id)).toMatchObject({ status: 'cancelled' });
    expect(await queue.presence(task.id)).toBe('missing');
    // A worker that comes later finds nothing to do but what is asked for then.
    await start();
    const next = await storyTasks.submit(scripted(await newStory()));
    await ended(next.task.id);
    expect(await steps(task.id)).toEqual(['queued', 'cancelled']);
  });

  it('stops a task at work, and the story is free again', async () => {
    const { start, storyTasks, newStory, ended, steps, awaitTask } = workshop();
    await start();
    const storyId = await newStory();
    const { task } = await storyTasks.submit(scripted(storyId, LONG));
    await awaitTask(task.id, ({ progress, status }) => status === 'running' && progress >= 0);
    expect(await storyTasks.cancel(task.id)).toMatchObject({ status: 'running' });
    expect(await ended(task.id)).toMatchObject({ status: 'cancelled', error: null });
    expect((await steps(task.id)).slice(-1)).toEqual(['cancelled']);
    const next = await storyTasks.submit(scripted(storyId));
    expect(await ended(next.task.id)).toMatchObject({ status: 'succeeded' });
  });

  it('ends a task that does not listen, and keeps it from writing on', async () => {
    const { start, storyTasks, newStory, ended, awaitTask, database } = workshop();
    await start();
    const storyId = await newStory();
    const { task } = await storyTasks.submit(scripted(storyId, { ...LONG, isDeaf: true }));
    await awaitTask(task.id, ({ status }) => status === 'running');
    await storyTasks.cancel(task.id);
    expect(await ended(task.id)).toMatchObject({ status: 'cancelled' });
    const versions = () =>
      database.kysely.selectFrom('constitution_versions').select('version').where('story_id', '=', storyId).execute();
    const then = await versions();
    await sleep(200);
    expect(await versions()).toEqual(then);
  });

  it('finishes what a worker that died was asked to stop', async () => {
    const { start, storyTasks, newStory, ended, database } = workshop();
    const { task } = await storyTasks.submit(scripted(await newStory()));
    await database.pool.query(`update story_tasks set status = 'running' where id = $1`, [task.id]);
    await storyTasks.cancel(task.id);
    await start();
    expect(await ended(task.id)).toMatchObject({ status: 'cancelled' });
  });

  it('never leaves a task in between when the end and the wish to stop meet', async () => {
    const { start, storyTasks, newStory, ended, steps } = workshop();
    await start();
    for (let round = 0; round < 10; round += 1) {
      const { task } = await storyTasks.submit(scripted(await newStory(), { steps: 2 }));
      await sleep(round * 4);
      await storyTasks.cancel(task.id).catch(() => undefined);
      const { status } = await ended(task.id);
      const said = await steps(task.id);
      expect(['succeeded', 'cancelled']).toContain(status);
      expect(said.filter((step) => step === 'succeeded' || step === 'cancelled')).toEqual([status]);
      expect(said.at(-1)).toBe(status);
    }
  });
});
