export { useRenameStory } from './useRenameStory.ts';
export { useStories, useStory } from './useStories.ts';
export { useSubmitTask } from './useSubmitTask.ts';
