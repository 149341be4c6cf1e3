import { setTimeout as sleep } from 'node:timers/promises';
import { scripted } from '@story-tree/testkit/worker/scriptedOperation.ts';
import { useWorkshop } from '@story-tree/testkit/worker/useWorkshop.ts';
import { BACKENDS, PATIENTLY } from '@story-tree/testkit/worker/workshop.ts';
import { describe, expect, it } from 'vitest';

describe.each(BACKENDS)('a story that somebody else writes to, jobs on %s', (backend) => {
  const workshop = useWorkshop(backend);

  it('makes a task wait, with one line about it, and lets others pass meanwhile', async () => {
    const { start, storyTasks, newStory, leases, ended, tasks, steps, awaitTask } = workshop();
    const storyId = await newStory();
    const { task } = await storyTasks.submit(scripted(storyId));
    const lease = await leases.acquire(storyId, 'command line');
    await start();
    const other = await storyTasks.submit(scripted(await newStory()));
    expect(await ended(other.task.id)).toMatchObject({ status: 'succeeded' });
    await expect.poll(() => steps(task.id), PATIENTLY).toEqual(['queued', 'waiting']);
    // Long enough for it to be looked at again.
    await sleep(1_500);
    expect(await awaitTask(task.id, () => true)).toMatchObject({ status: 'queued' });
    await lease.release();

    expect(await ended(task.id)).toMatchObject({ status: 'succeeded' });
    expect(await steps(task.id)).toEqual(['queued', 'waiting', 'started', 'step', 'succeeded']);
    const events = await tasks.events(task.id, 10);
    expect(events.at(-2)?.message).toContain('command line');
  });
});
