import {
  type Log,
  type NewStory,
  type NewStoryTask,
  operationDefinition,
  type StoryMode,
  type StoryTask,
  type StoryTasksRepository,
  type Submitted,
  toStoryTreeError,
  type UncheckedRequest,
} from '@story-tree/domain';
import type { StoryTaskQueue } from './storyTaskQueue.ts';
import { checkedRequest, inlineChange, newStoryTask, storyOf } from './storyTaskRequest.ts';

/** The one way to ask for story tasks and to cancel them. */
export interface StoryTasks {
  /**
   * Stores a task and hands it to the workers, or does it at once when its operation is inline.
   * @throws StoryTreeError `invalid_input` with issues, `not_found`, `story_busy` with `details.taskId` or
   * `details.holder`, `idempotency_mismatch`, `database_unavailable`
   */
  submit(request: UncheckedRequest): Promise<Submitted>;
  /**
   * Cancels a queued task and takes its job out of the queue, asks a running one to stop.
   * @throws StoryTreeError `not_found`, `task_ended`, `task_unstoppable`
   */
  cancel(taskId: string): Promise<StoryTask>;
}

export interface StoryTasksDependencies {
  tasks: Pick<StoryTasksRepository, 'enqueue' | 'completeInline' | 'cancel'>;
  queue: Pick<StoryTaskQueue, 'add' | 'remove'>;
  /** What new stories are made with. */
  mode: StoryMode;
  log: Log;
}

const ADDED_LATER = 'The task is stored, and a worker adds it to the queue once that answers.';
const REMOVED_LATER = 'The task is cancelled all the same, and a worker removes its job once the queue answers.';

/** Submitting and cancelling for one process; the queue stays the caller's to close. */
export function createStoryTasks({ tasks, queue, mode, log }: StoryTasksDependencies): StoryTasks {
  /** The row is what counts: what does not reach the queue now, the worker's reconciler puts right. */
  async function tellQueue(taskId: string, call: () => Promise<unknown>, otherwise: string): Promise<void> {
    try {
      await call();
    } catch (thrown) {
      const { code } = toStoryTreeError(thrown);
      log('warn', `The queue cannot be reached. ${otherwise}`, { taskId, code });
    }
  }

  async function enqueue(task: NewStoryTask, story: NewStory | undefined): Promise<Submitted> {
    const submitted = await tasks.enqueue(task, story);
    const { task: stored, created } = submitted;
    if (stored.status === 'queued')
      await tellQueue(stored.id, () => queue.add(stored, { isNew: created }), ADDED_LATER);
    return submitted;
  }

  return {
    async submit(given) {
      const request = checkedRequest(given);
      const task = newStoryTask(given, request);
      const newMode = given.mode ?? mode;
      if (operationDefinition(request.operation).execution(request.payload) === 'inline') {
        return await tasks.completeInline(task, inlineChange(request, newMode));
      }
      const isNew = request.operation === 'CREATE_STORY';
      return await enqueue(task, isNew ? storyOf(request.payload, newMode) : undefined);
    },

    async cancel(taskId) {
      const task = await tasks.cancel(taskId);
      if (task.status === 'cancelled') await tellQueue(taskId, () => queue.remove(taskId), REMOVED_LATER);
      return task;
    },
  };
}
