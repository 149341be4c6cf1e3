import { type StoryTaskFeed, type StoryTasksRepository, StoryTreeError } from '@story-tree/domain';

/** One task at work in this process. */
export interface RunningTask {
  /** Aborts, for whatever reason, with that reason. */
  signal: AbortSignal;
  /** Aborts when this process may not even end the task any more: it is to end itself, or the story is lost. */
  halted: AbortSignal;
  abort(reason: unknown): void;
  end(): void;
}

/** The tasks at work in this process, by their ids. */
export interface RunningTasks {
  /** @param lost aborts when the lease on the task's story is gone */
  begin(taskId: string, lost: AbortSignal): RunningTask;
  ids(): string[];
  /** Resolved once none is at work. */
  idle(): Promise<void>;
  /** Somebody asked for it. */
  cancel(taskId: string): void;
  /** The process is to end. Tasks that begin later are interrupted at once. */
  interruptAll(): void;
}

export function createRunningTasks(): RunningTasks {
  const running = new Map<string, RunningTask>();
  const ending = new AbortController();
  let waiting: (() => void)[] = [];

  function end(taskId: string): void {
    running.delete(taskId);
    if (running.size > 0) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  }

  return {
    begin(taskId, lost) {
      const controller = new AbortController();
      const task: RunningTask = {
        signal: AbortSignal.any([controller.signal, lost, ending.signal]),
        halted: AbortSignal.any([lost, ending.signal]),
        abort: (reason) => controller.abort(reason),
        end: () => end(taskId),
      };
      running.set(taskId, task);
      return task;
    },
    ids: () => [...running.keys()],
    idle: () => (running.size === 0 ? Promise.resolve() : new Promise((resolve) => void waiting.push(resolve))),
    cancel: (taskId) => running.get(taskId)?.abort(cancelled()),
    interruptAll: () => ending.abort(interrupted()),
  };
}

function cancelled(): StoryTreeError {
  return new StoryTreeError('cancelled', 'Cancelled on request. What was finished is kept.');
}

function interrupted(): StoryTreeError {
  return new StoryTreeError('interrupted', 'The worker is shutting down; the next one will continue the task.');
}

/** The net below notifications, which may get lost. */
const POLL_MS = 1_000;

export interface CancellationOptions {
  feed: Pick<StoryTaskFeed, 'onCancelRequested'>;
  tasks: Pick<StoryTasksRepository, 'get'>;
  running: RunningTasks;
  pollEveryMs?: number;
}

/** Stops tasks of this process soon after somebody asked for it. Returns the way to end that. */
export function watchCancellations({ feed, tasks, running, pollEveryMs = POLL_MS }: CancellationOptions): () => void {
  const stopListening = feed.onCancelRequested((taskId) => running.cancel(taskId));
  let isLooking = false;

  async function look(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    try {
      for (const taskId of running.ids()) {
        const task = await tasks.get(taskId);
        if (task?.cancelRequestedAt) running.cancel(taskId);
      }
    } catch {
      // Without the database nobody can ask either; the next look tells more.
    } finally {
      isLooking = false;
    }
  }

  const timer = setInterval(() => void look(), pollEveryMs);
  return () => {
    clearInterval(timer);
    stopListening();
  };
}
