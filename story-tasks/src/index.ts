/** For those who ask for work: the queue, and the one way to submit, to cancel and to follow a story task. */
export { openQueueBackend } from './backend.ts';
export { openQueue, openWorker } from './bull.ts';
export { type FollowOptions, followTask } from './followTask.ts';
export { taskHolder, taskOfHolder } from './leaseHolder.ts';
export type { JobProcessor, JobQueue, JobWorker, QueueBackend } from './queueBackend.ts';
export { findRedisProblem } from './redisCheck.ts';
export { openStoryTaskQueue, openStoryTaskQueueOn, type QueueMetrics, type StoryTaskQueue } from './storyTaskQueue.ts';
export type { StoryTaskRequest } from './storyTaskRequest.ts';
export { createStoryTasks, type StoryTasks, type StoryTasksDependencies } from './storyTasks.ts';
