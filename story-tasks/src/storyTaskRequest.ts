import { createHash } from 'node:crypto';
import { checkWorkflowTaskPayload, newStory } from '@story-tree/agent-backend';
import {
  brokenTexts,
  checkAgainst,
  type InlineChange,
  type Issue,
  isOperation,
  issueWithin,
  type NewStory,
  type NewStoryTask,
  OPERATION_NAMES,
  type OperationPayload,
  operationDefinition,
  type StoryMode,
  type StoryTaskRequest,
  StoryTreeError,
  type UncheckedRequest,
} from '@story-tree/domain';

/**
 * The operation with its payload, as the catalogue and the table of workflow tasks know them.
 * @throws StoryTreeError `invalid_input` with an issue for each thing that is wrong, by its path in the request
 */
export function checkedRequest({ operation, storyId, payload }: UncheckedRequest): StoryTaskRequest {
  if (!isOperation(operation)) {
    const names = OPERATION_NAMES.join(', ');
    throw refused([
      { path: 'operation', message: `There is no operation ${JSON.stringify(operation)}. Choose one of ${names}.` },
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
  const checked = checkAgainst<unknown>(definition.payload, payload);
  // Also where the catalogue leaves open what there is, as in the options of workflow tasks.
  const found = checked.success
    ? brokenTexts({ storyId, payload })
    : checked.issues.map((issue) => issueWithin('payload', issue));
  issues.push(...found);
  if (!checked.success || issues.length > 0) throw refused(issues);
  return withWorkflowTask({ operation, payload: checked.data } as StoryTaskRequest);
}

/** Only the table of workflow tasks can check the options of each. */
function withWorkflowTask(request: StoryTaskRequest): StoryTaskRequest {
  if (request.operation !== 'RUN_WORKFLOW_TASK') return request;
  const { payload } = request;
  return { operation: request.operation, payload: { ...payload, ...checkWorkflowTaskPayload(payload) } };
}

function refused(issues: readonly Issue[]): StoryTreeError {
  const [first] = issues;
  return new StoryTreeError('invalid_input', `${first?.path}: ${first?.message}`, { issues });
}

/** The row that a request becomes. */
export function newStoryTask(request: UncheckedRequest, { operation, payload }: StoryTaskRequest): NewStoryTask {
  const { storyId, requestedBy, idempotencyKey: key, mode } = request;
  const { exclusive, display } = operationDefinition(operation);
  const body = { operation, storyId, mode, payload: request.payload };
  return {
    operation,
    storyId: storyId ?? null,
    payload,
    displayFields: display(payload),
    requestedBy,
    exclusive,
    ...(key === undefined ? {} : { idempotency: { key, requestHash: requestHash(body) } }),
  };
}

/** SHA-256 of a JSON value, the same whatever the order of its members, hexadecimal. */
export function requestHash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, inOrder)).digest('hex');
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The story that `CREATE_STORY` makes. */
export function storyOf(payload: OperationPayload<'CREATE_STORY'>, mode: StoryMode): NewStory {
  const { prompt, displayName, language, audience, targetScenelets } = payload;
  return newStory({
    prompt,
    displayName,
    mode,
    creationOptions: {
      ...(language === undefined ? {} : { language }),
      ...(audience === undefined ? {} : { audience }),
      ...(targetScenelets === undefined ? {} : { targetScenelets }),
    },
  });
}

/**
 * What an inline operation does, which is done at once.
 * @param mode what a new story is made with
 */
export function inlineChange(request: StoryTaskRequest, mode: StoryMode): InlineChange {
  switch (request.operation) {
    case 'CREATE_STORY':
      return { kind: 'create-story', story: storyOf(request.payload, mode) };
    case 'RENAME_STORY':
      return { kind: 'rename-story', displayName: request.payload.displayName };
    case 'RESTORE_CONSTITUTION':
      return { kind: 'restore-constitution', version: request.payload.version };
    default:
      throw new StoryTreeError('internal', `${request.operation} is not done at once: it needs a worker.`);
  }
}
