export type { TaskEvent } from './liveTransport.ts';
export { isOver } from './mergeTasks.ts';
export { useChatDraft, useLiveStatus, useTaskMessages } from './useLive.ts';
export { type OlderTasks, useAllTasks, useStoryTasks, useTask } from './useTasks.ts';
