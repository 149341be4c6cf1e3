import { setTimeout as sleep } from 'node:timers/promises';
import { STORY_TASK_QUEUE, StoryTreeError } from '@story-tree/domain';
import { createStoryTasks, openQueue, openQueueBackend, openStoryTaskQueue } from '@story-tree/story-tasks';
import { scripted } from '@story-tree/testkit/worker/scriptedOperation.ts';
import { useWorkshop } from '@story-tree/testkit/worker/useWorkshop.ts';
import { BACKENDS, PATIENTLY } from '@story-tree/testkit/worker/workshop.ts';
import { describe, expect, it } from 'vitest';

const QUICKLY = { reconcileEveryMs: 200 };

describe.each(BACKENDS)('rows and queue, jobs on %s', (backend) => {
  const workshop = useWorkshop(backend);

  it('finds a row whose job was never added', async () => {
    const { start, newStory, ended, tasks, log, logged } = workshop();
    const gone = () => Promise.reject(new StoryTreeError('queue_unavailable', 'The queue is away.'));
    const submitting = createStoryTasks({ tasks, queue: { add: gone, remove: gone }, mode: 'stub', log });
    const { task } = await submitting.submit(scripted(await newStory()));
    expect(task.status).toBe('queued');
    expect(logged).toContainEqual(expect.objectContaining({ level: 'warn' }));
    await start(QUICKLY);
    expect(await ended(task.id)).toMatchObject({ status: 'succeeded' });
  });

  it('revives a task whose job is dead', async () => {
    const { start, newStory, ended, storyTasks, database, queue } = workshop();
    const worker = await start({ runOperation: () => Promise.reject(new Error('for once')) });
    const { task } = await storyTasks.submit(scripted(await newStory()));
    await ended(task.id);
    await expect.poll(() => queue.presence(task.id), PATIENTLY).toBe('dead');
    await worker.close();
    // As if the job alone had failed; rows do not come back to life by themselves.
    await database.pool.query('alter table story_tasks disable trigger user');
    await database.pool.query(
      `update story_tasks set status = 'queued', started_at = null, finished_at = null, error = null where id = $1`,
      [task.id],
    );
    await database.pool.query('alter table story_tasks enable trigger user');
    await start(QUICKLY);
    expect(await ended(task.id)).toMatchObject({ status: 'succeeded' });
  });

  it('takes out the job of a task that has ended', async () => {
    const { start, newStory, storyTasks, awaitTask, tasks, queue } = workshop();
    // Keeps the one worker from taking up the job itself.
    const long = await storyTasks.submit(scripted(await newStory(), { steps: 1_000, everyMs: 50 }));
    const { task } = await storyTasks.submit(scripted(await newStory()));
    await tasks.cancel(task.id);
    expect(await queue.presence(task.id)).toBe('waiting');
    await start(QUICKLY);
    await expect.poll(() => queue.presence(task.id), PATIENTLY).toBe('missing');
    expect(await awaitTask(long.task.id, ({ status }) => status !== 'queued')).toMatchObject({ status: 'running' });
  });

  it('fails a task whose story was deleted in the meantime', async () => {
    const { start, newStory, storyTasks, ended, database } = workshop();
    const storyId = await newStory();
    const { task } = await storyTasks.submit(scripted(storyId));
    await database.pool.query('update stories set deleted_at = now() where id = $1', [storyId]);
    await start();
    expect(await ended(task.id)).toMatchObject({ status: 'failed', error: { code: 'not_found' } });
  });

  it('fails a job that was retried or added with the tools of the queue, and says why', async () => {
    const { start, newStory, storyTasks, ended, queue, tasks, environment, database, log } = workshop();
    await start();
    const { task } = await storyTasks.submit(scripted(await newStory(), { steps: 1 }));
    const before = await ended(task.id);
    await expect.poll(() => queue.metrics(), PATIENTLY).toMatchObject({ completed: 1 });
    const quiet = await openQueueBackend({ environment, database, log });
    const jobs = await openQueue<object>(quiet, STORY_TASK_QUEUE);
    const reasonOf = (id: string) => expect.poll(async () => (await jobs.getJob(id))?.failedReason ?? '', PATIENTLY);

    await (await jobs.getJob(task.id))?.retry('completed');
    await reasonOf(task.id).toContain('already ended: it is succeeded');
    await jobs.remove(task.id);
    await jobs.add(task.operation, { taskId: task.id }, { jobId: task.id });
    await reasonOf(task.id).toContain('already ended: it is succeeded');
    const gone = crypto.randomUUID();
    await jobs.add(task.operation, { taskId: gone }, { jobId: gone });
    await reasonOf(gone).toContain('No task belongs to this job.');
    const { id: foreign = '' } = await jobs.add('anything', {});
    await reasonOf(foreign).toContain('No task belongs to this job.');
    expect(await queue.metrics()).toMatchObject({ completed: 0, failed: 3, waiting: 0, delayed: 0 });
    expect(await tasks.get(task.id)).toEqual(before);
    await jobs.close();
    await quiet.close();
  });

  it('makes a deletion whose worker died at its very end a success', async () => {
    const { start, newStory, storyTasks, ended, database } = workshop();
    const storyId = await newStory();
    const request = { ...scripted(storyId), operation: 'DELETE_STORY', payload: {} };
    const { task } = await storyTasks.submit(request);
    await database.pool.query(`update story_tasks set status = 'running' where id = $1`, [task.id]);
    await database.pool.query('update stories set deleted_at = now() where id = $1', [storyId]);
    await start();
    expect(await ended(task.id)).toMatchObject({ status: 'succeeded' });
  });
});

describe('Redis', () => {
  const workshop = useWorkshop('redis');

  it('may forget everything', async () => {
    const { start, newStory, storyTasks, ended, awaitTask, redis } = workshop();
    await start(QUICKLY);
    const stories = await Promise.all([newStory(), newStory(), newStory()]);
    const submitted = await Promise.all(
      stories.map((storyId) => storyTasks.submit(scripted(storyId, { steps: 10, everyMs: 50 }))),
    );
    const ids = submitted.map(({ task }) => task.id);
    await Promise.race(ids.map((id) => awaitTask(id, ({ progress }) => progress > 0)));
    await redis?.flushAll();
    for (const id of ids) expect(await ended(id)).toMatchObject({ status: 'succeeded' });
  });

  it('may go and come back while tasks run and while others are asked for', async () => {
    const { start, newStory, storyTasks, ended, awaitTask, redis, queue, logged } = workshop();
    await start(QUICKLY);
    const running = await storyTasks.submit(scripted(await newStory(), { steps: 20, everyMs: 50 }));
    await awaitTask(running.task.id, ({ progress }) => progress > 0);
    await redis?.kill();
    await expect(queue.ping()).rejects.toMatchObject({ code: 'queue_unavailable' });
    const asked = await storyTasks.submit(scripted(await newStory()));
    expect(asked.task.status).toBe('queued');
    await sleep(300);
    await redis?.start();
    expect(await ended(running.task.id)).toMatchObject({ status: 'succeeded' });
    expect(await ended(asked.task.id)).toMatchObject({ status: 'succeeded' });
    const lost = logged.filter(({ message }) => message.includes('The queue waits for it.'));
    expect(lost.length).toBeLessThanOrEqual(2);
  });

  it.each(['away', 'standing still'])('lets everybody end who uses it while it is %s', async (how) => {
    const { start, newStory, storyTasks, awaitTask, steps, redis, environment, database, log } = workshop();
    const worker = await start();
    const another = await openStoryTaskQueue({ environment, database, log });
    await another.ping();
    const { task } = await storyTasks.submit(scripted(await newStory(), { steps: 1_000, everyMs: 50 }));
    await awaitTask(task.id, ({ progress }) => progress > 0);
    await (how === 'away' ? redis?.kill() : redis?.signal('SIGSTOP'));
    // Without a limit of its own, this would never end.
    await another.close();
    await worker.close();
    expect((await steps(task.id)).at(-1)).toBe('handed-back');
    if (how !== 'away') redis?.signal('SIGCONT');
  });

  it('may come later than the worker', async () => {
    const { start, newStory, storyTasks, ended, redis } = workshop();
    await redis?.kill();
    await start(QUICKLY);
    const { task } = await storyTasks.submit(scripted(await newStory()));
    await redis?.start();
    expect(await ended(task.id)).toMatchObject({ status: 'succeeded' });
  });
});
