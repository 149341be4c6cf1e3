import { NOBODY, StoryTreeError } from '@story-tree/domain';
import { secretsOf } from '@story-tree/runtime';
import { scripted } from '@story-tree/testkit/worker/scriptedOperation.ts';
import { useWorkshop } from '@story-tree/testkit/worker/useWorkshop.ts';
import { BACKENDS, PATIENTLY } from '@story-tree/testkit/worker/workshop.ts';
import { describe, expect, it } from 'vitest';

describe.each(BACKENDS)('the life of a task, jobs on %s', (backend) => {
  const workshop = useWorkshop(backend);

  it('fails a task with the sentence and the code of what went wrong, and leaves its job failed', async () => {
    const { start, storyTasks, newStory, ended, tasks, queue } = workshop();
    await start();
    const failure = { code: 'model_blocked', message: 'The model refuses. Say it differently.' } as const;
    const { task } = await storyTasks.submit(scripted(await newStory(), { steps: 2, failure }));

    expect(await ended(task.id)).toMatchObject({ status: 'failed', progress: 99, error: failure });
    const [last] = await tasks.events(task.id, 1);
    expect(last).toMatchObject({
      eventType: 'error',
      step: 'failed',
      message: failure.message,
      payload: { code: 'model_blocked', details: {} },
    });
    await expect.poll(() => queue.metrics(), PATIENTLY).toMatchObject({ failed: 1, active: 0, completed: 0 });
  });

  it('tells nothing of an unexpected error but that it happened', async () => {
    const { start, storyTasks, newStory, ended, tasks } = workshop();
    await start();
    const { task } = await storyTasks.submit(scripted(await newStory(), { failure: 'foreign' }));
    expect(await ended(task.id)).toMatchObject({ status: 'failed', error: { code: 'internal' } });
    expect(JSON.stringify([await tasks.get(task.id), await tasks.events(task.id, 100)])).not.toContain('hunter2');
  });

  it('runs a task to its end, with its progress told on the way', async () => {
    const { start, storyTasks, newStory, ended, steps, queue } = workshop();
    await start();
    const { task } = await storyTasks.submit(scripted(await newStory(), { steps: 3 }));
    expect(await ended(task.id)).toMatchObject({ status: 'succeeded', progress: 100, error: null });
    expect(await steps(task.id)).toEqual(['queued', 'started', 'step', 'step', 'step', 'succeeded']);
    await expect.poll(() => queue.metrics(), PATIENTLY).toMatchObject({ completed: 1, active: 0, failed: 0 });
  });

  it('makes another attempt where the catalogue allows it', async () => {
    const { start, storyTasks, newStory, ended, steps, queue } = workshop();
    const resumed: boolean[] = [];
    await start({
      runOperation: async (_task, context) => {
        resumed.push(context.resumed);
        if (!context.resumed) throw new StoryTreeError('file_error', 'A file is held open.');
        return { message: 'Gone.' };
      },
    });
    const { task } = await storyTasks.submit(deletion(await newStory()));
    expect(await ended(task.id)).toMatchObject({ status: 'succeeded', error: null });
    expect(resumed).toEqual([false, true]);
    expect(await steps(task.id)).toEqual(['queued', 'started', 'attempt-failed', 'resumed', 'succeeded']);
    await expect.poll(() => queue.metrics(), PATIENTLY).toMatchObject({ completed: 1, failed: 0 });
  });

  it('makes none where trying again cannot help, and tells the details without any secret', async () => {
    const { start, storyTasks, newStory, ended, steps, tasks } = workshop();
    const missing = { cause: new Error(`by ${btoa('the-secret-key')}`), details: { needs: 'the-secret-key' } };
    await start({
      secrets: secretsOf({ GEMINI_API_KEY: 'the-secret-key' }),
      runOperation: () => Promise.reject(new StoryTreeError('prerequisite_missing', 'Nothing to delete.', missing)),
    });
    const { task } = await storyTasks.submit(deletion(await newStory()));
    expect(await ended(task.id)).toMatchObject({ status: 'failed' });
    expect(await steps(task.id)).toEqual(['queued', 'started', 'failed']);
    const [last] = await tasks.events(task.id, 1);
    const details = { needs: '[redacted]', cause: expect.stringMatching(/^by \[redacted\]=*$/) };
    expect(last?.payload).toEqual({ code: 'prerequisite_missing', details });
  });
});

describe('attempts', () => {
  const workshop = useWorkshop('postgres');

  it('fails a task only after the last one', async () => {
    const { start, storyTasks, newStory, ended, steps, queue } = workshop();
    await start({ runOperation: () => Promise.reject(new StoryTreeError('file_error', 'A file is held open.')) });
    const { task } = await storyTasks.submit(deletion(await newStory()));
    expect(await ended(task.id)).toMatchObject({ status: 'failed', error: { code: 'file_error' } });
    expect(await steps(task.id)).toEqual([
      ...['queued', 'started', 'attempt-failed', 'resumed', 'attempt-failed', 'resumed', 'failed'],
    ]);
    await expect.poll(() => queue.metrics(), PATIENTLY).toMatchObject({ failed: 1 });
  });
});

function deletion(storyId: string) {
  return { operation: 'DELETE_STORY', storyId, payload: {}, requestedBy: NOBODY };
}
