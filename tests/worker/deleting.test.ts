import { access, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { NOBODY } from '@story-tree/domain';
import { createStoryRepositories } from '@story-tree/supabase';
import { useWorkshop } from '@story-tree/testkit/worker/useWorkshop.ts';
import { BACKENDS } from '@story-tree/testkit/worker/workshop.ts';
import { describe, expect, it } from 'vitest';
import { runOperation } from '../../task-worker/src/operations/index.ts';

/** As if a worker had begun it: it is not in anybody's hands now. */
const BEGUN = `update story_tasks set status = 'running' where id = $1`;

describe.each(BACKENDS)('deleting a story, jobs on %s', (backend) => {
  const workshop = useWorkshop(backend);

  /** A deletion that waits, of a story with a picture and a bundle. */
  async function deletion() {
    const { storyTasks, newStory, environment, database } = workshop();
    const storyId = await newStory();
    const { STORY_TREE_ASSETS = '', STORY_TREE_OUTPUT = '' } = environment;
    const folders = [path.join(STORY_TREE_ASSETS, 'generated', storyId), path.join(STORY_TREE_OUTPUT, storyId)];
    for (const folder of folders) {
      await mkdir(folder, { recursive: true });
      await writeFile(path.join(folder, 'file'), 'made');
    }
    const { task } = await storyTasks.submit({ operation: 'DELETE_STORY', storyId, payload: {}, requestedBy: NOBODY });
    const { stories } = createStoryRepositories(database.kysely);
    const files = () =>
      Promise.all(
        folders.map((folder) =>
          access(folder).then(
            () => true,
            () => false,
          ),
        ),
      );
    return {
      storyId,
      taskId: task.id,
      stories,
      isWhole: async () => (await stories.get(storyId)) !== null && (await files()).every(Boolean),
      isGone: async () => (await stories.get(storyId)) === null && !(await files()).some(Boolean),
    };
  }

  it('can be cancelled while it waits, and then has touched nothing', async () => {
    const { storyTasks, start } = workshop();
    const { taskId, isWhole } = await deletion();
    expect(await storyTasks.cancel(taskId)).toMatchObject({ status: 'cancelled' });
    const worker = await start({ runOperation });
    await worker.close();
    expect(await isWhole()).toBe(true);
  });

  it('cannot be cancelled once it has begun, and is carried out', async () => {
    const { storyTasks, start, ended, database, steps } = workshop();
    const { taskId, isWhole, isGone } = await deletion();
    await database.pool.query(BEGUN, [taskId]);
    await expect(storyTasks.cancel(taskId)).rejects.toMatchObject({ code: 'task_unstoppable' });
    expect(await isWhole()).toBe(true);
    await start({ runOperation });
    expect(await ended(taskId)).toMatchObject({ status: 'succeeded' });
    expect(await isGone()).toBe(true);
    expect(await steps(taskId)).not.toContain('cancel-requested');
  });

  it.each([
    ['was killed', BEGUN],
    ['was asked to stop by an earlier release and killed', BEGUN.replace('set ', 'set cancel_requested_at = now(), ')],
  ])('goes on when its worker %s between the rows and the files', async (_how, left) => {
    const { start, ended, database } = workshop();
    const { storyId, taskId, stories, isGone } = await deletion();
    await database.pool.query(left, [taskId]);
    await stories.markDeleted(storyId);
    expect(await isGone()).toBe(false);
    await start({ runOperation });
    expect(await ended(taskId)).toMatchObject({ status: 'succeeded' });
    expect(await isGone()).toBe(true);
  });

  it('goes on when its worker was told to stop between the rows and the files', async () => {
    const { start, ended, steps } = workshop();
    const { storyId, taskId, isGone } = await deletion();
    const begun = Promise.withResolvers<void>();
    const worker = await start({
      async runOperation(_task, { workflow: { repositories, signal } }) {
        await repositories.stories.markDeleted(storyId);
        begun.resolve();
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    });
    await begun.promise;
    await worker.close();
    expect(await isGone()).toBe(false);
    await start({ runOperation });
    expect(await ended(taskId)).toMatchObject({ status: 'succeeded' });
    expect(await isGone()).toBe(true);
    expect(await steps(taskId)).toEqual(['queued', 'started', 'handed-back', 'resumed', 'succeeded']);
  });
});
