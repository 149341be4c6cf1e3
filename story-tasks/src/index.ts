/** For those who ask for work: the queue, and the one way to submit, to cancel and to follow a story task. */
export { type FollowOptions, followTask } from './followTask.ts';
export type { JobProcessor, JobQueue, JobWorker, QueueBackend } from './queueBackend.ts';
export { openQueue, openQueueBackend, openWorker, type QueueBackendOptions } from './queues.ts';
export { findRedisProblem } from './redisCheck.ts';
export { openStoryTaskQueue, openStoryTaskQueueOn, type QueueMetrics, type StoryTaskQueue } from './storyTaskQueue.ts';
export { createStoryTasks, type StoryTasks, type StoryTasksDependencies } from './storyTasks.ts';
export { untilAborted } from './untilAborted.ts';
export { untilAvailable, type WaitOptions } from './untilAvailable.ts';
export { type StalledTaskOptions, watchStalledTasks } from './watchStalledTasks.ts';
