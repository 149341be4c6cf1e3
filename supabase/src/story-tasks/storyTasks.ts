import { type NewStoryTaskEvent, type StoryTasksRepository, StoryTreeError } from '@story-tree/domain';
import { type Kysely, sql } from 'kysely';
import { isUuid, mapErrors, storyNotFound } from '../repositories/storyAccess.ts';
import type { DB } from '../schema.ts';
import { applyInlineChange, createStory } from './inlineChange.ts';
import { pruneTasks } from './pruneTasks.ts';
import { toLines } from './rows.ts';
import { changeTask } from './storyTaskRun.ts';
import { enqueueTask, submitWithChange } from './submit.ts';
import {
  activeTasks,
  chatHistory,
  eventsOfTask,
  findTask,
  lastEventId,
  listTasks,
  overviewOfTasks,
} from './taskQueries.ts';

const QUEUED: NewStoryTaskEvent = { eventType: 'info', step: 'queued', message: 'Queued.' };
const CANCELLED: NewStoryTaskEvent = { eventType: 'info', step: 'cancelled', message: 'Cancelled before it began.' };
const CANCEL_REQUESTED: NewStoryTaskEvent = { eventType: 'info', step: 'cancel-requested', message: 'Asked to stop.' };

/** Story tasks as those see them who ask for them. Failures are `StoryTreeError`s throughout. */
export function createStoryTasksRepository(db: Kysely<DB>): StoryTasksRepository {
  return {
    enqueue: (task, story) =>
      mapErrors(async () => {
        if (story !== undefined) {
          return await submitWithChange(db, task, 'queued', async (tx) => ({
            storyId: await createStory(tx, story),
            events: [QUEUED],
          }));
        }
        if (task.storyId !== null && !isUuid(task.storyId)) throw storyNotFound(task.storyId);
        return await enqueueTask(db, task, QUEUED);
      }),

    completeInline: (task, change) =>
      mapErrors(() =>
        submitWithChange(db, task, 'succeeded', async (tx) => {
          const { storyId, events } = await applyInlineChange(tx, task.storyId, change);
          return { storyId, events: [QUEUED, ...events] };
        }),
      ),

    cancel: (taskId) =>
      mapErrors(async () => {
        if (!isUuid(taskId)) throw taskNotFound(taskId);
        const lines = sql.join([toLines([CANCELLED]), toLines([CANCEL_REQUESTED])]);
        return await changeTask(db, sql`public.cancel_story_task(${taskId}, ${lines})`);
      }),

    get: (taskId) => mapErrors(() => findTask(db, taskId)),
    events: (taskId, limit) => mapErrors(() => eventsOfTask(db, taskId, limit)),
    list: (storyId, page) => mapErrors(() => listTasks(db, storyId, page)),
    overview: (page) => mapErrors(() => overviewOfTasks(db, page)),
    chatHistory: (storyId) => mapErrors(() => chatHistory(db, storyId)),
    cursor: () => mapErrors(() => lastEventId(db)),
    listActive: () => mapErrors(() => activeTasks(db)),
    prune: (endedBefore) => mapErrors(() => pruneTasks(db, endedBefore)),
  };
}

function taskNotFound(taskId: string): StoryTreeError {
  return new StoryTreeError('not_found', `There is no task ${taskId}. Check the id against the story's list of tasks.`);
}
