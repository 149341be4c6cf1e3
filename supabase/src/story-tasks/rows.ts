import type { NewStoryTaskEvent, StoryTask, StoryTaskEvent } from '@story-tree/domain';
import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely';
import { mapErrors } from '../repositories/storyAccess.ts';
import type { DB, StoryTaskEventsTable, StoryTasksTable } from '../schema.ts';
import { toJson } from '../storable.ts';

export type TaskRow = Selectable<StoryTasksTable>;

export function toTask(row: TaskRow): StoryTask {
  return {
    id: row.id,
    storyId: row.story_id,
    operation: row.operation,
    status: row.status,
    progress: row.progress,
    payload: row.payload,
    displayFields: row.display_fields,
    requestedBy: row.requested_by,
    error: row.error,
    cancelRequestedAt: row.cancel_requested_at,
    stalledAt: row.stalled_at,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}

export function toEvent(row: Selectable<StoryTaskEventsTable>): StoryTaskEvent {
  return {
    id: row.id,
    taskId: row.task_id,
    storyId: row.story_id,
    eventType: row.event_type,
    step: row.step,
    message: row.message,
    payload: row.payload,
    createdAt: row.created_at,
  };
}

/** Lines of the log in the form that the functions of the migrations take. */
export function toLines(events: readonly NewStoryTaskEvent[]): string {
  return toJson(events);
}

/** Calls a function that returns the task as it is afterwards: one statement, one transaction, one round trip. */
export async function changeTask(db: Kysely<DB>, call: RawBuilder<unknown>): Promise<StoryTask> {
  const { rows } = await mapErrors(() => sql<TaskRow>`select * from ${call}`.execute(db));
  const [row] = rows;
  if (row === undefined) throw new Error('a story task function returned nothing');
  return toTask(row);
}
