import type { WorkflowSettings } from '@story-tree/agent-backend';
import {
  checkAgainst,
  issueWithin,
  type OperationPayload,
  operationDefinition,
  type StoryTask,
  type StoryTaskOperation,
  StoryTreeError,
  toStoryTreeError,
} from '@story-tree/domain';
import { buildPlayerBundle } from './buildPlayerBundle.ts';
import { constitutionChatUpdate } from './constitutionChatUpdate.ts';
import { deleteStory } from './deleteStory.ts';
import { makeNewStory } from './makeNewStory.ts';
import type { OperationContext, OperationHandler, OperationResult } from './operation.ts';
import { regenerateConstitution } from './regenerateConstitution.ts';
import { runWorkflowTask } from './runWorkflowTask.ts';

/** Done where they are asked for; no worker meets them. */
type InlineOperation = 'RENAME_STORY' | 'RESTORE_CONSTITUTION';

type QueuedOperation = Exclude<StoryTaskOperation, InlineOperation>;

/** The handler of every operation that waits for a worker: one that is missing does not compile. */
export const OPERATION_HANDLERS: { readonly [Operation in QueuedOperation]: OperationHandler<Operation> } = {
  CREATE_STORY: makeNewStory,
  DELETE_STORY: deleteStory,
  REGENERATE_CONSTITUTION: regenerateConstitution,
  CONSTITUTION_CHAT_UPDATE: constitutionChatUpdate,
  RUN_WORKFLOW_TASK: runWorkflowTask,
  BUILD_PLAYER_BUNDLE: buildPlayerBundle,
};

/**
 * Does what a task asks for.
 * @throws StoryTreeError whose sentence can be shown to anyone
 */
export async function runOperation(task: StoryTask, context: OperationContext): Promise<OperationResult> {
  try {
    if (isQueued(task.operation)) return await handle(task.operation, task.payload, context);
    throw new StoryTreeError('internal', `${task.operation} is done where it is asked for, not by a worker.`);
  } catch (thrown) {
    throw presentable(thrown, context.workflow.settings);
  }
}

function handle<Operation extends QueuedOperation>(
  operation: Operation,
  payload: unknown,
  context: OperationContext,
): Promise<OperationResult> {
  const handler: OperationHandler<Operation> = OPERATION_HANDLERS[operation];
  return handler(checkedPayload(operation, payload), context);
}

/** Checked when it was asked for, and again: rows may be older than this program. */
function checkedPayload<Operation extends StoryTaskOperation>(
  operation: Operation,
  payload: unknown,
): OperationPayload<Operation> {
  const checked = checkAgainst<unknown>(operationDefinition(operation).payload, payload);
  if (checked.success) return checked.data as OperationPayload<Operation>;
  const { path, message } = issueWithin('payload', checked.issues[0]);
  throw new StoryTreeError('invalid_input', `${path}: ${message} Then ask again.`);
}

function isQueued(operation: StoryTaskOperation): operation is QueuedOperation {
  return Object.hasOwn(OPERATION_HANDLERS, operation);
}

/**
 * What went wrong, for people who do not have this machine before them: no folders of bundles, and of unexpected errors
 * nothing but that they happened.
 */
function presentable(thrown: unknown, { outputRoot }: Pick<WorkflowSettings, 'outputRoot'>): StoryTreeError {
  const { code, message } = toStoryTreeError(thrown);
  const sentence =
    code === 'bundle_exists'
      ? 'The story has a player bundle already. Choose "overwrite" to replace it.'
      : message.replaceAll(outputRoot, 'the output folder');
  return new StoryTreeError(code, sentence, { cause: thrown });
}
