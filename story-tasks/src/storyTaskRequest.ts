import { checkWorkflowTaskPayload } from '@story-tree/agent-backend';
import {
  type Issue,
  isOperation,
  OPERATION_NAMES,
  type OperationRequest,
  operationDefinition,
  type StoryMode,
  StoryTreeError,
} from '@story-tree/domain';

/** What somebody asks for, before anything of it has been checked. */
export interface StoryTaskRequest {
  operation: string;
  storyId?: string | undefined;
  payload: unknown;
  /** The person's id, or `NOBODY`. */
  requestedBy: string;
  /** The same key with the same request gives the same task for a day. */
  idempotencyKey?: string | undefined;
  /** What a new story is made with, unless it is the mode of this installation. */
  mode?: StoryMode | undefined;
}

/**
 * The operation with its payload, as the catalogue and the table of workflow tasks know them.
 * @throws StoryTreeError `invalid_input` with an issue for each thing that is wrong, by its path in the request
 */
export function checkedRequest({ operation, storyId, payload }: StoryTaskRequest): OperationRequest {
  if (!isOperation(operation)) {
    const known = OPERATION_NAMES.join(', ');
    throw refused([
      { path: 'operation', message: `There is no operation ${JSON.stringify(operation)}. Choose one of ${known}.` },
    ]);
  }
  const definition = operationDefinition(operation);
  const issues: Issue[] = [];
  if (definition.story === 'new' && storyId !== undefined) {
    issues.push({ path: 'storyId', message: `${definition.title} makes a new one: leave this out.` });
  }
  if (definition.story === 'existing' && storyId === undefined) {
    issues.push({ path: 'storyId', message: 'Say which story it is about.' });
  }
  const parsed = definition.payload.safeParse(payload);
  for (const { path, message } of parsed.error?.issues ?? []) {
    issues.push({ path: ['payload', ...path].join('.'), message });
  }
  if (!parsed.success || issues.length > 0) throw refused(issues);
  return withWorkflowTask({ operation, payload: parsed.data } as OperationRequest);
}

/** What a workflow task is run with, only the table of these tasks can check. */
function withWorkflowTask(request: OperationRequest): OperationRequest {
  if (request.operation !== 'RUN_WORKFLOW_TASK') return request;
  const { payload } = request;
  return { operation: request.operation, payload: { ...payload, ...checkWorkflowTaskPayload(payload) } };
}

function refused(issues: readonly Issue[]): StoryTreeError {
  const [first] = issues;
  return new StoryTreeError('invalid_input', `${first?.path}: ${first?.message}`, { issues });
}
