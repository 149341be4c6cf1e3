import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { NOBODY } from '@story-tree/domain';
import { createStoryRepositories } from '@story-tree/supabase';
import { startRealWorker } from '@story-tree/testkit/worker/childWorkers.ts';
import { useWorkshop } from '@story-tree/testkit/worker/useWorkshop.ts';
import { BACKENDS, PATIENTLY } from '@story-tree/testkit/worker/workshop.ts';
import { describe, expect, it } from 'vitest';

const SMALL = { STUB_SCENELETS: 3, STUB_SHOTS_PER_SCENELET: 1, STUB_BRANCHING: 2 };

const runTask = (storyId: string, task: string, options?: Record<string, unknown>) => ({
  operation: 'RUN_WORKFLOW_TASK',
  storyId,
  payload: { task, ...(options === undefined ? {} : { options }) },
  requestedBy: NOBODY,
});

describe.each(BACKENDS)('the worker as it is run, jobs on %s', (backend) => {
  const workshop = useWorkshop(backend, SMALL);

  it('fails, makes, refuses and removes what it is asked to, and ends when told to', async () => {
    const { environment, storyTasks, newStory, ended, tasks, steps, database } = workshop();
    const worker = startRealWorker({ ...environment, LOG_LEVEL: 'info' });
    const storyId = await newStory();

    const tooEarly = await storyTasks.submit(runTask(storyId, 'CREATE_VISUAL_DESIGN'));
    expect(await ended(tooEarly.task.id)).toMatchObject({ status: 'failed', error: { code: 'prerequisite_missing' } });

    const constitution = await storyTasks.submit(runTask(storyId, 'CREATE_CONSTITUTION'));
    expect(await ended(constitution.task.id)).toMatchObject({ status: 'succeeded', progress: 100 });
    expect(await steps(constitution.task.id)).toEqual([
      ...['queued', 'started', 'estimated', 'task-started', 'call-started', 'unit-done', 'task-done', 'succeeded'],
    ]);

    const again = await storyTasks.submit(runTask(storyId, 'CREATE_CONSTITUTION'));
    expect(await ended(again.task.id)).toMatchObject({ status: 'failed', error: { code: 'already_completed' } });

    const all = await storyTasks.submit(runTask(storyId, 'ALL'));
    expect(await ended(all.task.id)).toMatchObject({ status: 'succeeded', progress: 100 });
    const events = (await tasks.events(all.task.id, 1_000)).reverse();
    expect(events.filter(({ step }) => step === 'task-done')).toHaveLength(10);
    expect(await readdir(path.join(String(environment.STORY_TREE_OUTPUT), storyId))).toContain('player.html');

    const deletion = await storyTasks.submit({
      operation: 'DELETE_STORY',
      storyId,
      payload: {},
      requestedBy: NOBODY,
    });
    expect(await ended(deletion.task.id)).toMatchObject({ status: 'succeeded' });
    expect(await createStoryRepositories(database.kysely).stories.get(storyId)).toBeNull();
    expect(await worker.end('SIGINT')).toBe(0);

    const lines = worker
      .said()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toContainEqual(
      expect.objectContaining({ taskId: all.task.id, storyId, operation: 'RUN_WORKFLOW_TASK' }),
    );
  });

  it('stops a model call under way when its task is cancelled', async () => {
    const { environment, storyTasks, newStory, ended, database, steps } = workshop();
    startRealWorker({ ...environment, STUB_LATENCY_MS: 600_000 });
    const { task } = await storyTasks.submit(runTask(await newStory(), 'CREATE_CONSTITUTION'));
    await expect.poll(() => steps(task.id), PATIENTLY).toContain('call-started');
    await storyTasks.cancel(task.id);
    expect(await ended(task.id)).toMatchObject({ status: 'cancelled' });
    const { rows } = await database.pool.query('select status from model_calls');
    expect(rows).toEqual([{ status: 'failed' }]);
  });
});
