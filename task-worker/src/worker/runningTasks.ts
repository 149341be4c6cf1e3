import { StoryTreeError } from '@story-tree/domain';

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
  /** Somebody asked for it. */
  cancel(taskId: string): void;
  /** The process is to end. Tasks that begin later are interrupted at once. */
  interruptAll(): void;
}

export function createRunningTasks(): RunningTasks {
  const running = new Map<string, RunningTask>();
  const ending = new AbortController();
  return {
    begin(taskId, lost) {
      const controller = new AbortController();
      const task: RunningTask = {
        signal: AbortSignal.any([controller.signal, lost, ending.signal]),
        halted: AbortSignal.any([lost, ending.signal]),
        abort: (reason) => controller.abort(reason),
        end: () => void running.delete(taskId),
      };
      running.set(taskId, task);
      return task;
    },
    ids: () => [...running.keys()],
    cancel: (taskId) => running.get(taskId)?.abort(cancelled()),
    interruptAll: () => ending.abort(interrupted()),
  };
}

function cancelled(): StoryTreeError {
  return new StoryTreeError('cancelled', 'Cancelled on request. What was finished is kept.');
}

function interrupted(): StoryTreeError {
  return new StoryTreeError('interrupted', 'The worker is shutting down; the task goes on with the next one.');
}
