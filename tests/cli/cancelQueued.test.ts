import type { Environment } from '@story-tree/runtime';
import { jsonOf, runCli } from '@story-tree/testkit/programs/cli.ts';
import { scripted } from '@story-tree/testkit/worker/scriptedOperation.ts';
import { useWorkshop } from '@story-tree/testkit/worker/useWorkshop.ts';
import { BACKENDS } from '@story-tree/testkit/worker/workshop.ts';
import { describe, expect, it } from 'vitest';

const cli = (environment: Environment, ...args: string[]) =>
  runCli(
    [...args, '--json'],
    Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value)])),
  );
const cancel = (environment: Environment, taskId: string) => cli(environment, 'tasks', 'cancel', taskId);

describe.each(BACKENDS)('story-tree tasks cancel, jobs on %s', (backend) => {
  const workshop = useWorkshop(backend);

  it('leaves no job of a queued task behind', async () => {
    const { environment, storyTasks, newStory, queue, steps } = workshop();
    const { task } = await storyTasks.submit(scripted(await newStory()));
    const other = await storyTasks.submit(scripted(await newStory()));
    expect(await queue.presence(task.id)).toBe('waiting');
    const run = await cancel(environment, task.id);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(jsonOf(run)).toMatchObject({ status: 'succeeded', storyTask: { id: task.id, status: 'cancelled' } });
    expect(await queue.presence(task.id)).toBe('missing');
    expect(await queue.unfinished()).toEqual([other.task.id]);
    expect(await steps(task.id)).toEqual(['queued', 'cancelled']);
  });

  it('leaves the job of a running task to its worker', async () => {
    const { environment, start, storyTasks, newStory, queue, awaitTask, ended } = workshop();
    await start();
    const { task } = await storyTasks.submit(scripted(await newStory(), { steps: 1_000, everyMs: 50 }));
    await awaitTask(task.id, ({ status }) => status === 'running');
    const doctor = jsonOf(await cli(environment, 'doctor'));
    expect(doctor.findings).toContainEqual({ what: 'Workers', ok: true, detail: 'one is ready' });
    expect(await cancel(environment, task.id)).toMatchObject({ code: 0 });
    expect(await ended(task.id)).toMatchObject({ status: 'cancelled' });
    await expect.poll(() => queue.unfinished(), { timeout: 60_000 }).toEqual([]);
  });
});

describe('story-tree tasks cancel, while Redis is away', () => {
  const workshop = useWorkshop('redis');

  it('cancels the task, says what becomes of its job, and a worker removes that later', async () => {
    const { environment, redis, start, storyTasks, newStory, queue, tasks } = workshop();
    const { task } = await storyTasks.submit(scripted(await newStory()));
    redis?.signal('SIGSTOP');
    const run = await cancel(environment, task.id);
    redis?.signal('SIGCONT');
    expect(run.code).toBe(0);
    expect(run.stderr).toBe(
      'Warning: The queue cannot be reached. The task is cancelled all the same, and a worker removes its job once the queue answers.\n',
    );
    expect(await tasks.get(task.id)).toMatchObject({ status: 'cancelled' });
    expect(await queue.presence(task.id)).toBe('waiting');
    await start();
    await expect.poll(() => queue.unfinished(), { timeout: 60_000 }).toEqual([]);
  });

  it('does so, too, where no Redis runs at all', async () => {
    const { environment, redis, storyTasks, newStory, tasks, queue } = workshop();
    const { task } = await storyTasks.submit(scripted(await newStory()));
    await redis?.kill();
    const run = await cancel(environment, task.id);
    await redis?.start();
    // The workshop's own queue has to be connected again before it can be closed.
    await expect.poll(() => queue.unfinished().catch(() => null), { timeout: 60_000 }).toEqual([]);
    expect(run).toMatchObject({ code: 0, stderr: expect.stringContaining('cancelled all the same') });
    expect(await tasks.get(task.id)).toMatchObject({ status: 'cancelled' });
  });
});
