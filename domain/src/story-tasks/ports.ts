import type { NewStory } from '../ports.ts';
import type { DisplayFields, StoryTaskOperation } from './operations.ts';
import type {
  ChatDraft,
  FeedMessage,
  NewStoryTaskEvent,
  StoryTask,
  StoryTaskEvent,
  StoryTaskFailure,
} from './storyTask.ts';

/** What makes a second request the same as a first one: the caller's key, and a hash of what was asked. */
export interface IdempotencyKey {
  key: string;
  /** SHA-256 of the canonical body, hexadecimal. */
  requestHash: string;
}

/** The row that a request becomes. */
export interface NewStoryTask {
  operation: StoryTaskOperation;
  /** Null when the task makes its story: see {@link StoryTasksRepository.enqueue}. */
  storyId: string | null;
  payload: Readonly<Record<string, unknown>>;
  displayFields: DisplayFields;
  requestedBy: string;
  /** Refused with `story_busy` while another exclusive task of the story is active. */
  exclusive: boolean;
  idempotency?: IdempotencyKey | undefined;
}

/** What is done in the same statement that stores the task; all that an inline operation does. */
export type InlineChange =
  | { kind: 'create-story'; story: NewStory }
  | { kind: 'rename-story'; displayName: string }
  | { kind: 'restore-constitution'; version: number };

export interface Submitted {
  task: StoryTask;
  /** False when an earlier request with the same key had made it already. */
  created: boolean;
}

export interface StoryTaskPage {
  /** Newest first. */
  tasks: StoryTask[];
  /** Where the next page begins; null on the last one. */
  nextCursor: string | null;
}

/** Story tasks as those see them who ask for them. */
export interface StoryTasksRepository {
  /**
   * Stores a queued task with its first event, and with `story` the story that it is to fill; all or nothing.
   * @throws StoryTreeError `not_found`, `story_busy` with `details.taskId` or `details.holder`, `idempotency_mismatch`
   */
  enqueue(task: NewStoryTask, story?: NewStory): Promise<Submitted>;
  /**
   * Does what an inline operation does and stores its task as succeeded, with a queued event and one of success; all or
   * nothing.
   * @throws StoryTreeError as {@link enqueue}
   */
  completeInline(task: NewStoryTask, change: InlineChange): Promise<Submitted>;
  get(taskId: string): Promise<StoryTask | null>;
  /** Newest first: the newest of all, or of those before the event with the id `before`. */
  events(taskId: string, limit: number, before?: string): Promise<StoryTaskEvent[]>;
  /** Also of deleted stories. `recent` are the ended ones. */
  list(
    storyId: string,
    page: { state: 'active' | 'recent' | 'all'; limit: number; cursor?: string | undefined },
  ): Promise<StoryTaskPage>;
  /**
   * Tasks of all stories: on the first page active ones all, and on each the ended ones that follow, latest end first, up
   * to the limit.
   */
  overview(page: { limit: number; cursor?: string | undefined }): Promise<StoryTaskPage>;
  /**
   * A queued task is cancelled at once, a running one is asked to stop.
   * @throws StoryTreeError `not_found`, `task_ended`, `task_unstoppable`
   */
  cancel(taskId: string): Promise<StoryTask>;
  /** All that was said about a story's constitution, oldest first. */
  chatHistory(storyId: string): Promise<StoryTaskEvent[]>;
  /** Where a stream has to begin so as to miss nothing after now. */
  cursor(): Promise<string>;
  /** For the worker. */
  listActive(): Promise<StoryTask[]>;
  /** The ids of the stories that were deleted and whose rows are still there. */
  deletedStories(): Promise<string[]>;
  /**
   * Tells, in its log, of each running task that no worker is working on any more, and marks it as stalled.
   * @returns how many were found
   */
  tellStalled(): Promise<number>;
  /**
   * Forgets the logs of tasks that ended longer ago than this many milliseconds, apart from chats and each last line, and
   * stories that were deleted before that with all that belongs to them, apart from what they cost.
   * @returns how many lines went, and how many stories
   */
  prune(keptMs: number): Promise<{ events: number; stories: number }>;
}

/** How a task ends. */
export type StoryTaskOutcome =
  | { status: 'succeeded' }
  | { status: 'failed'; error: StoryTaskFailure }
  | { status: 'cancelled' };

/** One task in the hands of the worker that runs it. Bound to a lease, every write fails with `lease_lost` without it. */
export interface StoryTaskRun {
  /**
   * queued → running; a task that is running already is taken over from a worker that died.
   * @throws StoryTreeError `task_ended`, `not_found`
   */
  start(event: NewStoryTaskEvent): Promise<StoryTask>;
  /** Appends to the log, all or nothing, in this order. Returns the task as it is then. */
  record(events: readonly NewStoryTaskEvent[]): Promise<StoryTask>;
  /**
   * Ends the task and gives its story back: nothing more can be written under the lease. The last event tells the end;
   * what has not been recorded yet goes before it.
   * @throws StoryTreeError `task_ended`
   */
  finish(outcome: StoryTaskOutcome, ...events: readonly NewStoryTaskEvent[]): Promise<StoryTask>;
  /** Shows what a model has said so far; null takes it away. Not durable. */
  draft(draft: Pick<ChatDraft, 'turn' | 'text'> | null): Promise<void>;
}

export interface FeedFilter {
  storyId?: string;
  taskId?: string;
}

/** Everything that happens to tasks, as it happens. Many readers share one connection to the database. */
export interface StoryTaskFeed {
  /**
   * Each event after the cursor exactly once, in order, and then those to come, until the signal aborts. Drafts come in
   * between. A reader that falls far behind is dropped (the iteration ends); it can resume from its last cursor.
   */
  read(options: FeedFilter & { after: string; signal: AbortSignal }): AsyncIterable<FeedMessage>;
  /** Calls back soon after somebody asked a running task to stop. Returns the way to end that. */
  onCancelRequested(listener: (taskId: string) => void): () => void;
  close(): Promise<void>;
}
