import type { ErrorCode, Issue, StoryTask, StoryTaskEvent } from '@story-tree/domain';
import type { Wire } from './wire.ts';

/** A task as lists and streams show it. */
export type TaskSummary = Omit<Wire<StoryTask>, 'payload'>;

/**
 * `GET /api/story-tasks/:taskId`; events newest first, at most 200, and with `?before=<id of an event>&limit=<number>` those
 * before that one. `error` only on failed tasks. `spent` on models.
 */
export type TaskDetail = Omit<Wire<StoryTask>, 'error'> & {
  error?: { code: ErrorCode; message: string };
  events: readonly Wire<StoryTaskEvent>[];
  /** What `before` is for the events that come before these; null when these begin the log. */
  nextBefore: string | null;
  spent: { calls: number; costUsd: number };
  cursor: string;
};

/** `GET /api/stories/:id/tasks`, and `GET /api/story-tasks` for all stories (active ones come with the first page). */
export interface TaskPage {
  tasks: readonly TaskSummary[];
  nextCursor: string | null;
  cursor: string;
}

/** Data of an `event: task` message of a stream; its id is the cursor. */
export interface TaskMessage {
  task: TaskSummary;
  event: Wire<StoryTaskEvent>;
}

/** Every error of the API. */
export interface ErrorBody {
  error: { code: ErrorCode; message: string; issues?: readonly Issue[]; taskId?: string; holder?: string };
}

/** `GET /api/health`; 503 with `?ready` while a part is missing. */
export interface Health {
  status: 'ok' | 'degraded';
  database: boolean;
  queue: boolean;
  /** Workers that take tasks now. */
  workers: number;
  /** Which models new stories are made with. */
  mode: 'stub' | 'real';
  /** Whether people have to sign in. */
  authentication: boolean;
}
