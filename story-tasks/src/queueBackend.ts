import { type Log, reasonOf } from '@story-tree/domain';
import type { BackendFactory, IQueueBackend, Processor, Queue, Worker } from 'bullmq';

/** Queues and workers give no connection of their own: the factory brings it. */
export type NoConnection = Record<string, never>;

export type QueueBackendFactory = BackendFactory<IQueueBackend, NoConnection>;
export type JobQueue<Data> = Queue<Data, unknown, string, Data, unknown, string, IQueueBackend, NoConnection>;
export type JobWorker<Data> = Worker<Data, unknown, string, IQueueBackend, number, NoConnection>;
export type JobProcessor<Data> = Processor<Data, unknown, string, number>;

/** Where the queues of a process live. */
export interface QueueBackend {
  factory: QueueBackendFactory;
  /**
   * Makes a call to BullMQ that answers soon or fails.
   * @throws StoryTreeError `queue_unavailable`, `database_unavailable`
   */
  ask<T>(call: () => Promise<T>): Promise<T>;
  /**
   * Waits for the connection of a new queue or worker, where that cannot be left to BullMQ.
   * @throws StoryTreeError `database_unavailable`
   */
  ready(opened: { waitUntilReady(): Promise<void> }): Promise<void>;
  /** Takes what BullMQ emits as errors. */
  onError(error: Error): void;
  /** Calls back when a connection that was lost is there again: the queue may have forgotten things meanwhile. */
  onBack(listener: () => void): void;
  /**
   * Shortens what is left of a worker's lock on a job, and of the pause until locks are checked again, to this many
   * milliseconds. Both can lie too far in the future after a clock was set back.
   */
  limitLock(queue: string, jobId: string, ms: number): Promise<void>;
  /** The ids of jobs that are delayed by more than this many milliseconds from now. */
  delayedBeyond(queue: string, ms: number): Promise<string[]>;
  /** @throws StoryTreeError as {@link ask} when nothing answers */
  ping(): Promise<void>;
  /** For when all queues and workers on it are closed. */
  close(): Promise<void>;
}

/** Reports once that a connection is lost, and once that it is back, however often either is noticed. */
export interface ConnectionLog {
  lost(error: unknown): void;
  works(): void;
  /** Calls back whenever a connection that was lost is there again. */
  onBack(listener: () => void): void;
}

export function createConnectionLog(log: Log): ConnectionLog {
  let isLost = false;
  const listeners: (() => void)[] = [];
  return {
    lost(error) {
      if (isLost) return;
      isLost = true;
      log('warn', 'The queue cannot reach PostgreSQL. Trying again until it answers.', { reason: reasonOf(error) });
    },
    works() {
      if (!isLost) return;
      isLost = false;
      log('info', 'The queue reaches PostgreSQL again.');
      for (const listener of listeners) listener();
    },
    onBack: (listener) => void listeners.push(listener),
  };
}
