import type { StoryTasks } from '@story-tree/story-tasks';
import type { TaskRequests } from '../appServices.ts';
import { requireCaller } from '../auth/caller.ts';
import { summary } from './taskReading.ts';

export function createTaskRequests(storyTasks: StoryTasks): TaskRequests {
  return {
    submit: (request) => storyTasks.submit({ ...request, requestedBy: requireCaller().id }),
    cancel: async (taskId) => summary(await storyTasks.cancel(taskId)),
  };
}
