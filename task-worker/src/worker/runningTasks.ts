import { StoryTreeError } from '@story-tree/domain';

/** One task at work in this process. */
export interface RunningTask {
  /** Aborts, for whatever reason, with that reason. */
  signal: AbortSignal;
  abort(reason: unknown): void;
  end(): void;
}

/** The tasks at work in this process, by their ids. */
export interface RunningTasks {
  /** @param lost aborts when the lease on the task's story is gone */
  begin(taskId: string, lost: AbortSignal): RunningTask;
  ids(): string[];
  /** Somebody asked for it. */
  cancel(taskId: string): void;
  /** The process is to end. Tasks that begin later are interrupted at once. */
  interruptAll(): void;
}

export function createRunningTasks(): RunningTasks {
  const running = new Map<string, RunningTask>();
  let isEnding = false;
  return {
    begin(taskId, lost) {
      const controller = new AbortController();
      const task: RunningTask = {
        signal: AbortSignal.any([controller.signal, lost]),
        abort: (reason) => controller.abort(reason),
        end: () => void running.delete(taskId),
      };
      running.set(taskId, task);
      if (isEnding) task.abort(interrupted());
      return task;
    },
    ids: () => [...running.keys()],
    cancel: (taskId) => running.get(taskId)?.abort(cancelled()),
    interruptAll() {
      isEnding = true;
      for (const task of running.values()) task.abort(interrupted());
    },
  };
}

function cancelled(): StoryTreeError {
  return new StoryTreeError('cancelled', 'Cancelled on request. What was finished is kept.');
}

function interrupted(): StoryTreeError {
  return new StoryTreeError('interrupted', 'The worker is shutting down; the task goes on with the next one.');
}
