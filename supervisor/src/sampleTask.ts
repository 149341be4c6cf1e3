import { NOBODY, type StoryTask, type StoryTasksRepository } from '@story-tree/domain';
import type { StoryTasks } from '@story-tree/story-tasks';
import { SAMPLE_PROMPT } from '@story-tree/stub-models';
import type { Database } from '@story-tree/supabase';

/** So that two first starts at once make one sample. */
const IDEMPOTENCY_KEY = 'sample-story';
const RECENT_TASKS = 50;

export interface SampleSurroundings {
  database: Database;
  tasks: StoryTasksRepository;
  storyTasks: Pick<StoryTasks, 'submit'>;
  /** The last event of any task before this start began. */
  begunAfter: string;
}

/**
 * The task that makes the sample story: a new one on the first start, the one under way after an interruption, also when
 * the worker has been quick and ended it since this start began, another one after a failure. Null when there is nothing
 * to tell: the sample was made before, or was cancelled or deleted by somebody.
 */
export async function sampleTask({
  database,
  tasks,
  storyTasks,
  begunAfter,
}: SampleSurroundings): Promise<StoryTask | null> {
  const sample = await findSample(database);
  if (sample === null) {
    const { task } = await storyTasks.submit({
      operation: 'CREATE_STORY',
      payload: { prompt: SAMPLE_PROMPT, runAll: true },
      requestedBy: NOBODY,
      mode: 'stub',
      idempotencyKey: IDEMPOTENCY_KEY,
    });
    return task;
  }
  if (sample.isDeleted) return null;
  const recent = await tasks.list(sample.id, { state: 'all', limit: RECENT_TASKS });
  const newest = recent.tasks.find(makesAll);
  if (newest === undefined) return null;
  if (newest.finishedAt === null) return newest;
  const [end] = await tasks.events(newest.id, 1);
  if (end !== undefined && BigInt(end.id) > BigInt(begunAfter)) return newest;
  if (newest.status !== 'failed') return null;
  const { task } = await storyTasks.submit({
    operation: 'RUN_WORKFLOW_TASK',
    storyId: sample.id,
    payload: { task: 'ALL' },
    requestedBy: NOBODY,
  });
  return task;
}

/** The first story that was told from the sample's prompt, also when somebody has deleted it. */
async function findSample({ kysely }: Database): Promise<{ id: string; isDeleted: boolean } | null> {
  const row = await kysely
    .selectFrom('stories')
    .select(['id', 'deleted_at'])
    .where('mode', '=', 'stub')
    .where('initial_prompt', '=', SAMPLE_PROMPT)
    .orderBy('deleted_at', (order) => order.asc().nullsFirst())
    .orderBy('created_at')
    .executeTakeFirst();
  return row === undefined ? null : { id: row.id, isDeleted: row.deleted_at !== null };
}

function makesAll({ operation, payload }: StoryTask): boolean {
  return operation === 'CREATE_STORY' || (operation === 'RUN_WORKFLOW_TASK' && payload.task === 'ALL');
}
