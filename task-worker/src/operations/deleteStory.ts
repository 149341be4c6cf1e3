import { removeStory } from '@story-tree/agent-backend';
import type { OperationHandler } from './operation.ts';

export const deleteStory: OperationHandler<'DELETE_STORY'> = async (_payload, { story, workflow }) => {
  await removeStory(story.id, workflow);
  return { message: `“${story.displayName}” is deleted.` };
};
