/** For those who hand in tasks: the queue, and the one way to submit and to cancel. */
export { openStoryTaskQueue, type QueueMetrics, type StoryTaskQueue } from './storyTaskQueue.ts';
export type { StoryTaskRequest } from './storyTaskRequest.ts';
export { createStoryTasks, type StoryTasks, type StoryTasksDependencies } from './storyTasks.ts';
