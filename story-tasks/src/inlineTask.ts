import { type InlineChange, type OperationRequest, type StoryMode, StoryTreeError } from '@story-tree/domain';
import { storyOf } from './newStoryTask.ts';

/**
 * What an operation that is over at once does.
 * @param mode what a new story is made with
 */
export function inlineChange(request: OperationRequest, mode: StoryMode): InlineChange {
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
