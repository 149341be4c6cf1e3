import { newStory } from '@story-tree/agent-backend';
import {
  type NewStory,
  type NewStoryTask,
  type OperationPayload,
  type OperationRequest,
  operationDefinition,
  type StoryMode,
} from '@story-tree/domain';
import { requestHash } from './requestHash.ts';
import type { StoryTaskRequest } from './storyTaskRequest.ts';

/** What is stored of a request that has been checked. */
export function newStoryTask(request: StoryTaskRequest, { operation, payload }: OperationRequest): NewStoryTask {
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
