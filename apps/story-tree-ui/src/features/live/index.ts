export { createTransport } from './createTransport.ts';
export { LiveProvider, useLiveHub } from './LiveProvider.tsx';
export type { TaskEvent } from './liveTransport.ts';
export { compareIds, isOver, mergeEvents } from './mergeTasks.ts';
export { readTask } from './readTasks.ts';
export type { TaskStore } from './taskStore.ts';
export { useChatDraft, useLiveStatus, useTaskMessages } from './useLive.ts';
export { type OlderTasks, useAllTasks, useStoryTasks, useTask } from './useTasks.ts';
