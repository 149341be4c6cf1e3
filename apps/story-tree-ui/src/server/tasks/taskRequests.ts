import type { Submitted } from '@story-tree/domain';
import type { StoryTasks } from '@story-tree/task-worker/client';
import type { TaskSummary } from '../../wire/index.ts';
import { requireCaller } from '../auth/caller.ts';
import { summary } from './taskReading.ts';

/** What somebody asks for, before any of it has been checked. */
export interface TaskRequest {
  operation: string;
  storyId?: string | undefined;
  payload: unknown;
  idempotencyKey?: string | undefined;
}

/** Asking for tasks in the name of whoever makes the request. */
export interface TaskRequests {
  /** @throws StoryTreeError as {@link StoryTasks.submit} */
  submit(request: TaskRequest): Promise<Submitted>;
  /** @throws StoryTreeError `not_found`, `task_ended` */
  cancel(taskId: string): Promise<TaskSummary>;
}

export function createTaskRequests(storyTasks: StoryTasks): TaskRequests {
  return {
    submit: (request) => storyTasks.submit({ ...request, requestedBy: requireCaller().id }),
    cancel: async (taskId) => summary(await storyTasks.cancel(taskId)),
  };
}
