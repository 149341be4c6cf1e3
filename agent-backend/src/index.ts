/** What other parts build on: the workflow, its table, and the bundle accessors. Models are wired by whoever composes. */
export { createFileAssetStore } from './assets/fileAssetStore.ts';
export { shrinkPicture } from './assets/shrinkPicture.ts';
export { assembleBundleJson } from './bundle/assembleBundleJson.ts';
export { type BundleFiles, bundleFiles } from './bundle/bundleFiles.ts';
export { loadEmbeddedBundle } from './bundle/embeddedBundle.ts';
export { runPlayerBundleTask } from './bundle/runPlayerBundleTask.ts';
export {
  chatMessageOf,
  exchangesBefore,
} from './constitution-chat/conversation.ts';
export { answerChatTurn } from './constitution-chat/index.ts';
export type { Models } from './models/ports.ts';
export { generateStoryConstitution } from './tasks/constitution/index.ts';
export { normalizeNameToId } from './tasks/visual-design/utils.ts';
export { createStory, newStory } from './workflow/createStory.ts';
export type { TaskResult, WorkflowDependencies } from './workflow/engine.ts';
export { withOptionNames } from './workflow/optionNames.ts';
export { blockedBy, dependants, requirePrerequisites, tasksToRunFirst } from './workflow/prerequisites.ts';
export type { ProgressEvent } from './workflow/progress.ts';
export { removeStory, removeStoryFiles } from './workflow/removeStory.ts';
export { DEFAULT_SCRIPT_LIMITS, type WorkflowSettings } from './workflow/settings.ts';
export { shotKey } from './workflow/shotTargets.ts';
export { ModelSlots, slotCounts } from './workflow/slots.ts';
export { loadStoryState } from './workflow/state.ts';
export {
  type AgentWorkflowOptions,
  createStoryWorkflow,
  resumeStoryWorkflow,
  type StoryWorkflow,
} from './workflow/storyWorkflow.ts';
export type { AnyTask } from './workflow/task.ts';
export { runEnvironmentReferenceTask } from './workflow/taskRunners.ts';
export {
  isWorkflowTask,
  type StoryWorkflowTask,
  taskDefinition,
  WORKFLOW_TASK_NAMES,
  WORKFLOW_TASKS,
} from './workflow/tasks.ts';
export { checkWorkflowTaskPayload } from './workflow/workflowTaskPayload.ts';
