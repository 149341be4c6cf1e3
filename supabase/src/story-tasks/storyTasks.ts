import {
  type NewStoryTaskEvent,
  type StoryTasksRepository,
  StoryTreeError,
  UNSTOPPABLE_OPERATIONS,
} from '@story-tree/domain';
import { type Kysely, sql } from 'kysely';
import { isUuid, mapErrors } from '../repositories/storyAccess.ts';
import type { DB } from '../schema.ts';
import { doneLine } from './inlineChange.ts';
import { deletedStories, pruneTasks } from './pruneTasks.ts';
import { toLines } from './rows.ts';
import { changeTask } from './storyTaskRun.ts';
import { submitTask } from './submit.ts';
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
      mapErrors(() => {
        const change = story === undefined ? undefined : ({ kind: 'create-story', story } as const);
        return submitTask(db, { task, status: 'queued', change, lines: [QUEUED] });
      }),

    completeInline: (task, change) =>
      mapErrors(() => submitTask(db, { task, status: 'succeeded', change, lines: [QUEUED, doneLine(change)] })),

    cancel: (taskId) =>
      mapErrors(async () => {
        if (!isUuid(taskId)) throw taskNotFound(taskId);
        const lines = sql.join([toLines([CANCELLED]), toLines([CANCEL_REQUESTED])]);
        return await changeTask(db, sql`public.cancel_story_task(${taskId}, ${lines}, ${UNSTOPPABLE_OPERATIONS})`);
      }),

    get: (taskId) => mapErrors(() => findTask(db, taskId)),
    events: (taskId, limit) => mapErrors(() => eventsOfTask(db, taskId, limit)),
    list: (storyId, page) => mapErrors(() => listTasks(db, storyId, page)),
    overview: (page) => mapErrors(() => overviewOfTasks(db, page)),
    chatHistory: (storyId) => mapErrors(() => chatHistory(db, storyId)),
    cursor: () => mapErrors(() => lastEventId(db)),
    listActive: () => mapErrors(() => activeTasks(db)),
    deletedStories: () => mapErrors(() => deletedStories(db)),
    prune: (keptMs) => mapErrors(() => pruneTasks(db, keptMs)),
  };
}

function taskNotFound(taskId: string): StoryTreeError {
  return new StoryTreeError('not_found', `There is no task ${taskId}. Check the id against the story's list of tasks.`);
}
