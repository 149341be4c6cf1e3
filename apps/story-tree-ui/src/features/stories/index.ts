export { useRenameStory } from './useRenameStory.ts';
export { useStories, useStory } from './useStories.ts';
export { type TaskRequest, useSubmitTask } from './useSubmitTask.ts';
