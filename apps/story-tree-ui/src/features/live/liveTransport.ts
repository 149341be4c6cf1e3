import type { ChatDraft } from '@story-tree/domain';
import type { TaskMessage, TaskSummary } from '../../wire/index.ts';
import type { Topics } from './topics.ts';

/** Whether live messages about tasks are arriving. */
export type LiveStatus = 'connecting' | 'live' | 'offline';

export type TaskEvent = TaskMessage['event'];

export type LiveMessage =
  /** A task as it is now, with the line of its log that tells what happened if the transport knows it. */
  | { kind: 'task'; cursor: string | null; task: TaskSummary; event: TaskEvent | null }
  /** What a model has said so far in a turn of a chat. */
  | { kind: 'draft'; draft: ChatDraft }
  /**
   * Something may have been missed: what is known has to be read again over REST. With a cursor, that of a server whose
   * database is another one by now: then what is known may never have happened, and messages go on from there.
   */
  | { kind: 'resync'; cursor?: string };

export interface LiveSink {
  message(message: LiveMessage): void;
  status(status: LiveStatus): void;
  /** The connection is alive, although nothing happens. */
  pulse(): void;
}

/** What a transport works for. */
export interface LiveRun {
  sink: LiveSink;
  /** The last cursor that was seen; null if none was. */
  after: string | null;
  /** What the page shows. */
  topics: Topics;
  signal: AbortSignal;
}

/** A way to receive messages. */
export interface LiveTransport {
  /** Opens a connection and keeps it up, through faults and pauses, until the signal aborts. */
  run(options: LiveRun): void;
}
