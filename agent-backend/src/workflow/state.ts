import { type StoryRepositories, type StoryState, StoryTreeError } from '@story-tree/domain';

/**
 * Reads everything stored about one story.
 * @throws StoryTreeError `not_found`
 */
export async function loadStoryState(repositories: StoryRepositories, storyId: string): Promise<StoryState> {
  const story = await repositories.stories.get(storyId);
  if (story === null) throw missingStory(storyId);
  const [scenelets, shots, referenceImages] = await Promise.all([
    repositories.scenelets.list(storyId),
    repositories.shots.list(storyId),
    repositories.referenceImages.list(storyId),
  ]);
  return { story, scenelets, shots, referenceImages };
}

/** The error for a story that does not exist or was deleted. */
export function missingStory(storyId: string): StoryTreeError {
  return new StoryTreeError('not_found', `There is no story ${storyId}: it was deleted, or the id is not right.`);
}
