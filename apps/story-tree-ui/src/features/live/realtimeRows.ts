import type { TaskSummary } from '../../wire/index.ts';
import type { TaskEvent } from './liveTransport.ts';

/** A row of a table as Realtime hands it over: columns by their names, moments as the database writes them. */
export type Row = Readonly<Record<string, unknown>>;

/** A row of `story_tasks` as the API shows it. */
export function taskFromRow(row: Row): TaskSummary {
  return {
    id: String(row.id),
    storyId: textOrNull(row.story_id),
    operation: row.operation as TaskSummary['operation'],
    status: row.status as TaskSummary['status'],
    progress: Number(row.progress),
    displayFields: row.display_fields as TaskSummary['displayFields'],
    requestedBy: String(row.requested_by),
    error: (row.error ?? null) as TaskSummary['error'],
    cancelRequestedAt: momentOrNull(row.cancel_requested_at),
    stalledAt: momentOrNull(row.stalled_at),
    createdAt: moment(row.created_at),
    startedAt: momentOrNull(row.started_at),
    finishedAt: momentOrNull(row.finished_at),
  };
}

/** A row of `story_task_events` as the API shows it. */
export function eventFromRow(row: Row): TaskEvent {
  return {
    id: String(row.id),
    taskId: String(row.task_id),
    storyId: textOrNull(row.story_id),
    eventType: row.event_type as TaskEvent['eventType'],
    step: String(row.step),
    message: String(row.message),
    payload: (row.payload ?? null) as TaskEvent['payload'],
    createdAt: moment(row.created_at),
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function moment(value: unknown): string {
  return new Date(String(value)).toISOString();
}

function momentOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : moment(value);
}
