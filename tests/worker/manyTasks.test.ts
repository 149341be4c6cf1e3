import { scripted } from '@story-tree/testkit/worker/scriptedOperation.ts';
import { useWorkshop } from '@story-tree/testkit/worker/useWorkshop.ts';
import { BACKENDS, PATIENTLY } from '@story-tree/testkit/worker/workshop.ts';
import { describe, expect, it } from 'vitest';

const TASKS = 100;

describe.each(BACKENDS)('two workers, jobs on %s', (backend) => {
  // No lock runs out here, however little time the processes get.
  const workshop = useWorkshop(backend, { TASK_WORKER_CONCURRENCY: 3, TASK_WORKER_LOCK_MS: 60_000 });

  it(`do ${TASKS} tasks once each`, async () => {
    const { start, newStory, storyTasks, ended, database, queue } = workshop();
    await Promise.all([start(), start()]);
    const submitted = await Promise.all(
      Array.from({ length: TASKS }, async () => storyTasks.submit(scripted(await newStory()))),
    );
    for (const { task } of submitted) expect(await ended(task.id)).toMatchObject({ status: 'succeeded' });
    const { rows } = await database.pool.query(
      `select step, count(*)::integer as count from story_task_events group by step order by step`,
    );
    expect(rows).toEqual(['queued', 'started', 'step', 'succeeded'].map((step) => ({ step, count: TASKS })));
    const versions = await database.pool.query('select count(*)::integer as count from constitution_versions');
    expect(versions.rows).toEqual([{ count: TASKS }]);
    await expect
      .poll(() => queue.metrics(), PATIENTLY)
      .toMatchObject({ completed: TASKS, failed: 0, waiting: 0, active: 0 });
  });
});
