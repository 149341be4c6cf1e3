import { loadStoryState } from '@story-tree/agent-backend';
import { type Story, type StoryRepositories, type StoryState, StoryTreeError } from '@story-tree/domain';

/** Finds stories that are not deleted. */
export interface StoryFinder {
  /** @throws StoryTreeError `not_found` */
  require(storyId: string): Promise<Story>;
  /** Everything stored of it. @throws StoryTreeError `not_found` */
  load(storyId: string): Promise<StoryState>;
}

export function createStoryFinder(repositories: StoryRepositories): StoryFinder {
  async function require(storyId: string): Promise<Story> {
    const story = await repositories.stories.get(storyId);
    if (story === null) throw missingStory(storyId);
    return story;
  }
  return {
    require,
    async load(storyId) {
      const story = await require(storyId);
      return await loadStoryState(repositories, story.id);
    },
  };
}

export function missingStory(storyId: string): StoryTreeError {
  return new StoryTreeError('not_found', `There is no story ${storyId}. It may have been deleted: look at the list.`);
}
