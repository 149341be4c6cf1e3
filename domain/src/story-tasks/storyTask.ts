import { type ErrorCode, StoryTreeError } from '../errors.ts';
import type { DisplayFields, StoryTaskOperation } from './operations.ts';

/** What becomes of a story task: queued → running | cancelled; running → succeeded | failed | cancelled. */
export const STORY_TASK_STATUSES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export type StoryTaskStatus = (typeof STORY_TASK_STATUSES)[number];

const ENDED: readonly StoryTaskStatus[] = ['succeeded', 'failed', 'cancelled'];

/** Whether nothing about a task with this status can change any more. */
export function hasEnded(status: StoryTaskStatus): boolean {
  return ENDED.includes(status);
}

/** Who asks when nobody signs in. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Why a task failed, as a person reads it. */
export interface StoryTaskFailure {
  code: ErrorCode;
  message: string;
}

/** One durable run of an operation. */
export interface StoryTask {
  id: string;
  storyId: string | null;
  operation: StoryTaskOperation;
  status: StoryTaskStatus;
  /** Percent, 0 to 100; never falls. */
  progress: number;
  payload: Readonly<Record<string, unknown>>;
  displayFields: DisplayFields;
  /** The person's id at Supabase, or {@link NOBODY}. */
  requestedBy: string;
  error: StoryTaskFailure | null;
  /** Set once somebody asked a running task to stop. */
  cancelRequestedAt: Date | null;
  /** Since when no worker has been at a running task; null while one is. */
  stalledAt: Date | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

export const STORY_TASK_EVENT_TYPES = ['progress', 'info', 'error', 'chat_message'] as const;
export type StoryTaskEventType = (typeof STORY_TASK_EVENT_TYPES)[number];

/** One line of a task's log, as stored. Never changed. */
export interface StoryTaskEvent {
  /** Also its place in the order of all events: a reader that has seen one never meets a smaller one later. */
  id: string;
  taskId: string;
  storyId: string | null;
  eventType: StoryTaskEventType;
  /** For programs: what the line is about, such as `queued`, `unit-done` or a workflow task's name. */
  step: string;
  /** For people: one sentence. */
  message: string;
  payload: Readonly<Record<string, unknown>> | null;
  createdAt: Date;
}

/** A line that is to be added to a task's log. */
export interface NewStoryTaskEvent {
  eventType: StoryTaskEventType;
  step: string;
  message: string;
  payload?: Readonly<Record<string, unknown>>;
  /** Percent that the task has reached with it; ignored when it has more already. */
  progress?: number;
}

/** Who says a turn of a chat. */
export type ChatRole = 'user' | 'model';

/** Payload of a `chat_message` event; the text is the event's message. */
export interface ChatMessagePayload {
  role: ChatRole;
  /** Counts the user's turns within the task, from 1; a model's turn has the number of the turn it answers. */
  turn: number;
}

/** What a model has said so far in a turn that is not finished. */
export interface ChatDraft {
  taskId: string;
  storyId: string;
  turn: number;
  /** All of it, so that one that gets lost is made good by the next. */
  text: string;
}

/** What somebody is told whose cursor was made up or cut off. */
export function unknownCursor(): StoryTreeError {
  return new StoryTreeError(
    'bad_request',
    'The cursor is not one that a stream or a response has returned: leave it out.',
  );
}

/** One message of a live stream. */
export type FeedMessage = TaskFeedMessage | { kind: 'draft'; draft: ChatDraft } | ResyncMessage;

/**
 * Whoever reads has a cursor beyond all events: the database has been replaced, or its newest events were removed. What
 * is known has to be read again; the stream goes on from this cursor.
 */
export interface ResyncMessage {
  kind: 'resync';
  cursor: string;
}

/** An event of a task, with the task as it is by then. */
export interface TaskFeedMessage {
  kind: 'task';
  /** From here a stream can resume. */
  cursor: string;
  task: StoryTask;
  event: StoryTaskEvent;
}

/** What BullMQ keeps of a task; the row is the truth. */
export interface StoryTaskJob {
  taskId: string;
  operation: StoryTaskOperation;
  storyId?: string;
  payload: Record<string, unknown>;
}

/** The name of the queue. */
export const STORY_TASK_QUEUE = 'story-task-jobs';
