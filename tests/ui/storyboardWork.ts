import { keyFramePath, NOBODY } from '@story-tree/domain';
import {
  createStoryLeases,
  createStoryRepositories,
  createStoryTaskRun,
  createStoryTasksRepository,
  type Database,
} from '@story-tree/supabase';
import type { Workplace } from '@story-tree/testkit/programs/cli.ts';

/** A story task in the hands of a worker, who tells what it does to its units. */
export async function beginWork({ kysely }: Database, storyId: string, task: string) {
  const { task: row } = await createStoryTasksRepository(kysely).enqueue({
    operation: 'RUN_WORKFLOW_TASK',
    storyId,
    payload: { task },
    displayFields: { title: 'Key frames' },
    requestedBy: NOBODY,
    exclusive: true,
  });
  const lease = await createStoryLeases(kysely).acquire(storyId, 'a worker');
  const run = createStoryTaskRun(kysely, row.id, { storyId, fence: lease.fence });
  await run.start({ eventType: 'info', step: 'started', message: 'Started.' });
  return {
    tell: (step: string, unit: string) =>
      run.record([
        { eventType: 'progress', step, message: `${step}: ${unit}`, payload: { task, unit, completed: 0, total: 9 } },
      ]),
    async end() {
      await run.finish({ status: 'succeeded' }, { eventType: 'info', step: 'succeeded', message: 'Done.' });
      await lease.release();
    },
  };
}

/** Records a key frame for every shot of a scenelet; the file is that of another scenelet's. */
export async function completePictures({ database }: Workplace, storyId: string, label: string): Promise<void> {
  const { scenelets, shots } = createStoryRepositories(database.kysely);
  const scenelet = (await scenelets.list(storyId)).find((each) => each.label === label);
  const file = keyFramePath(storyId, 'scenelet-1', 1);
  for (const { id, sceneletId } of await shots.list(storyId)) {
    if (sceneletId === scenelet?.id) await shots.setKeyFrame(storyId, id, file);
  }
}
