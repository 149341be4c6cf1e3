import { NOBODY, type StoryLease, type StoryTask, type StoryTaskRun } from '@story-tree/domain';
import { createStoryLeases, createStoryTaskRun, createStoryTasksRepository } from '@story-tree/supabase';
import type { Workplace } from '@story-tree/testkit/programs/cli.ts';

/** A story task in the hands of a test that plays the worker. */
export interface PlayedTask {
  id: string;
  storyId: string;
  /** queued → running; takes the story as a worker does. */
  start(): Promise<StoryTaskRun>;
  /** Gives the story back. */
  release(): Promise<void>;
}

/** Puts a task that makes a story into the database. */
export async function enqueueTask({ database }: Workplace, prompt: string): Promise<PlayedTask> {
  const { task } = await createStoryTasksRepository(database.kysely).enqueue(
    {
      operation: 'CREATE_STORY',
      storyId: null,
      payload: { prompt, runAll: true },
      displayFields: { title: 'Create story', detail: prompt },
      requestedBy: NOBODY,
      exclusive: true,
    },
    { displayName: prompt, namedByPerson: false, initialPrompt: prompt, creationOptions: {}, mode: 'stub' },
  );
  return playedBy(database, task);
}

function playedBy({ kysely }: Workplace['database'], { id, storyId }: StoryTask): PlayedTask {
  if (storyId === null) throw new Error('the task has no story');
  let lease: StoryLease | undefined;
  return {
    id,
    storyId,
    async start() {
      lease = await createStoryLeases(kysely).acquire(storyId, `task ${id}`);
      const run = createStoryTaskRun(kysely, id, lease);
      await run.start({ eventType: 'info', step: 'started', message: 'Started.' });
      return run;
    },
    release: async () => lease?.release(),
  };
}
