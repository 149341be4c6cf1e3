import { startScriptedWorker } from '@story-tree/testkit/worker/childWorkers.ts';
import { scripted } from '@story-tree/testkit/worker/scriptedOperation.ts';
import { whileItStandsStill } from '@story-tree/testkit/worker/standStill.ts';
import { useWorkshop } from '@story-tree/testkit/worker/useWorkshop.ts';
import { BACKENDS, PATIENTLY, type Workshop } from '@story-tree/testkit/worker/workshop.ts';
import { describe, expect, it } from 'vitest';

const KILLS = 2;

/** How often the operation has written to the story. */
async function writes({ database }: Workshop, storyId: string): Promise<number> {
  const rows = await database.kysely
    .selectFrom('constitution_versions')
    .select('version')
    .where('story_id', '=', storyId)
    .execute();
  return rows.length;
}

describe.each(BACKENDS)('workers that are killed or stopped, jobs on %s', (backend) => {
  const workshop = useWorkshop(backend);

  it('has a task resumed however often its worker is killed', async () => {
    const { environment, storyTasks, newStory, awaitTask, ended, steps, queue } = workshop();
    const storyId = await newStory();
    const { task } = await storyTasks.submit(scripted(storyId, { steps: 20, everyMs: 50 }));
    for (let kill = 0; kill < KILLS; kill += 1) {
      const worker = startScriptedWorker(environment);
      const before = await writes(workshop(), storyId);
      await expect.poll(() => writes(workshop(), storyId), PATIENTLY).toBeGreaterThan(before);
      expect(await queue.workers()).toBe(1);
      await worker.end('SIGKILL');
      await expect.poll(() => queue.workers(), PATIENTLY).toBe(0);
    }
    expect(await awaitTask(task.id, () => true)).toMatchObject({ status: 'running' });
    startScriptedWorker(environment);
    expect(await ended(task.id)).toMatchObject({ status: 'succeeded', progress: 100 });
    const said = await steps(task.id);
    expect(said.filter((step) => step === 'started')).toHaveLength(1);
    expect(said.filter((step) => step === 'resumed')).toHaveLength(KILLS);
    await expect.poll(() => queue.metrics(), PATIENTLY).toMatchObject({ failed: 0, active: 0, waiting: 0, delayed: 0 });
  });

  it('lets a worker that was stopped for too long write nothing more', async () => {
    const { environment, database, storyTasks, newStory, awaitTask, ended, steps } = workshop();
    const storyId = await newStory();
    const sleeper = startScriptedWorker(environment);
    await sleeper.says('ready');
    const { task } = await storyTasks.submit(scripted(storyId, { steps: 30, everyMs: 50, isDeaf: true }));
    await awaitTask(task.id, ({ progress }) => progress > 0);
    const next = await whileItStandsStill(sleeper, database, async () => {
      const another = startScriptedWorker(environment);
      await expect.poll(() => steps(task.id), PATIENTLY).toContain('resumed');
      return another;
    });
    expect(await ended(task.id)).toMatchObject({ status: 'succeeded' });
    const said = await steps(task.id);
    // Thirty of the one that ended it, and as many of the other as there were when it was stopped.
    const resumedAt = said.indexOf('resumed');
    expect(said.slice(resumedAt).filter((step) => step === 'step')).toHaveLength(30);
    expect(said.filter((step) => step === 'resumed')).toHaveLength(1);
    expect(await writes(workshop(), storyId)).toBe(said.filter((step) => step === 'step').length);
    await next.end('SIGKILL');
    // The one that was stopped is none the worse for it.
    const after = await storyTasks.submit(scripted(storyId));
    expect(await ended(after.task.id)).toMatchObject({ status: 'succeeded' });
  });

  it('hands a task back when its worker is told to end, and the next goes on at once', async () => {
    const { environment, storyTasks, newStory, awaitTask, ended, steps, queue } = workshop();
    const first = startScriptedWorker({ ...environment, TASK_WORKER_LOCK_MS: 60_000 });
    await first.says('ready');
    const { task } = await storyTasks.submit(scripted(await newStory(), { steps: 20, everyMs: 50 }));
    await awaitTask(task.id, ({ progress }) => progress > 0);
    expect(await first.end('SIGTERM')).toBe(0);
    await expect.poll(() => queue.workers(), PATIENTLY).toBe(0);
    expect(await awaitTask(task.id, () => true)).toMatchObject({ status: 'running' });
    expect((await steps(task.id)).at(-1)).toBe('handed-back');
    expect(await queue.metrics()).toMatchObject({ waiting: 1, active: 0 });
    // Had it waited for the lock or the lease, this would take a minute.
    startScriptedWorker({ ...environment, TASK_WORKER_LOCK_MS: 60_000 });
    expect(await ended(task.id)).toMatchObject({ status: 'succeeded' });
    expect(await steps(task.id)).toContain('resumed');
  });
});
