/**
 * The engine: the workflow, its table of tasks, estimates, and the player bundle. Repositories and models are ports that the
 * composition root of a program supplies.
 */
export { createFileAssetStore } from './assets/fileAssetStore.ts';
export { shrinkPicture } from './assets/shrinkPicture.ts';
export { requireWritableFolder } from './assets/writableFolder.ts';
export { assembleBundleJson } from './bundle/assembleBundleJson.ts';
export { type BundleFiles, bundleFiles } from './bundle/bundleFiles.ts';
export { bundleFolder } from './bundle/bundlePaths.ts';
export { assembleEmbeddedBundle } from './bundle/embeddedBundle.ts';
export { chatMessageOf, exchangesBefore } from './constitution-chat/conversation.ts';
export { answerChatTurn } from './constitution-chat/index.ts';
export { type CallFigures, createCallFigures } from './estimates/callFigures.ts';
export { estimateRun } from './estimates/estimateRun.ts';
export { expectedWork, type WantedTask } from './estimates/expectedWork.ts';
export { certainShape, type StoryShape, shapeOf } from './estimates/storyShape.ts';
export { type BudgetGround, type CallBudget, createBudget } from './models/budget.ts';
export type {
  AspectRatio,
  CallContext,
  CallFacts,
  ImageRequest,
  MediaReply,
  ModelKind,
  ModelRequest,
  Models,
  ReferenceImage,
  Speaker,
  SpeechRequest,
  TextReply,
  TextRequest,
  TextTurn,
  TokenUsage,
} from './models/ports.ts';
export { ModelSlots, type SlotCounts, slotCounts } from './models/slots.ts';
export {
  DEFAULT_MAX_REFERENCE_IMAGES,
  DEFAULT_SCRIPT_LIMITS,
  type ScriptLimits,
  type WorkflowSettings,
} from './planning/settings.ts';
export { shotKey } from './planning/shotTargets.ts';
export type { AnyTask } from './planning/task.ts';
export { generateStoryConstitution } from './tasks/constitution/index.ts';
export { normalizeNameToId } from './tasks/visual-design/utils.ts';
export { createStory, newStory } from './workflow/createStory.ts';
export { type GivenDependencies, PLAYER_TEMPLATE, type WorkflowDependencies } from './workflow/dependencies.ts';
export { loadEmbeddedBundle } from './workflow/embeddedBundle.ts';
export type { TaskResult } from './workflow/engine.ts';
export { flagOf, optionSchemas, withFlags } from './workflow/optionNames.ts';
export { blockedBy, dependants, requirePrerequisites, tasksToRunFirst } from './workflow/prerequisites.ts';
export type { OnProgress, ProgressEvent } from './workflow/progress.ts';
export { removeStory, removeStoryFiles } from './workflow/removeStory.ts';
export { loadStoryState, missingStory } from './workflow/state.ts';
export {
  type AgentWorkflowOptions,
  createStoryWorkflow,
  type RunAllOptions,
  resumeStoryWorkflow,
  type StoryWorkflow,
} from './workflow/storyWorkflow.ts';
export { taskProgress, type WorkflowTaskProgress } from './workflow/taskProgress.ts';
export {
  checkedOptions,
  runAudioDesignTask,
  runCharacterModelSheetTask,
  runConstitutionTask,
  runEnvironmentReferenceTask,
  runInteractiveScriptTask,
  runPlayerBundleTask,
  runShotAudioTask,
  runShotImagesTask,
  runShotProductionTask,
  runVisualDesignTask,
  runVisualReferenceTask,
  type TaskRunner,
} from './workflow/taskRunners.ts';
export {
  isWorkflowTask,
  type StoryWorkflowTask,
  taskDefinition,
  WORKFLOW_TASK_NAMES,
  WORKFLOW_TASKS,
} from './workflow/tasks.ts';
export { checkWorkflowTaskPayload } from './workflow/workflowTaskPayload.ts';
