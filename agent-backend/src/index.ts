/** What other parts build on: the workflow, its table, and the bundle accessors. Models are wired by whoever composes. */
export { createFileAssetStore } from './assets/fileAssetStore.ts';
export { assembleBundleJson } from './bundle/assembleBundleJson.ts';
export { loadEmbeddedBundle } from './bundle/embeddedBundle.ts';
export type { Models } from './models/ports.ts';
export { generateStoryConstitution } from './tasks/constitution/index.ts';
export { normalizeNameToId } from './tasks/visual-design/utils.ts';
export { createStory } from './workflow/createStory.ts';
export type { TaskResult, WorkflowDependencies } from './workflow/engine.ts';
export type { ProgressEvent } from './workflow/progress.ts';
export { DEFAULT_SCRIPT_LIMITS, type WorkflowSettings } from './workflow/settings.ts';
export { ModelSlots, slotCounts } from './workflow/slots.ts';
export {
  type AgentWorkflowOptions,
  createStoryWorkflow,
  resumeStoryWorkflow,
  type StoryWorkflow,
} from './workflow/storyWorkflow.ts';
export { runEnvironmentReferenceTask } from './workflow/taskRunners.ts';
export { isWorkflowTask, type StoryWorkflowTask, WORKFLOW_TASK_NAMES, WORKFLOW_TASKS } from './workflow/tasks.ts';
