import { loadStoryState } from '@story-tree/agent-backend';
import { type Story, type StoryRepositories, type StoryState, StoryTreeError } from '@story-tree/domain';
import { createTurns } from '../turns.ts';

/** Finds stories that are not deleted. */
export interface StoryFinder {
  /** @throws StoryTreeError `not_found` */
  require(storyId: string): Promise<Story>;
  /**
   * Runs some work on everything that is stored of a story.
   * @throws StoryTreeError `not_found`, and what the work throws
   */
  withState<T>(storyId: string, work: (state: StoryState) => Promise<T>): Promise<T>;
}

/** How many whole stories are processed at the same time; a large one takes some tens of megabytes meanwhile. */
const AT_ONCE = 4;

export function createStoryFinder(repositories: StoryRepositories): StoryFinder {
  async function require(storyId: string): Promise<Story> {
    const story = await repositories.stories.get(storyId);
    if (story === null) throw missingStory(storyId);
    return story;
  }
  const inTurn = createTurns(AT_ONCE);
  return {
    require,
    async withState(storyId, work) {
      const story = await require(storyId);
      return await inTurn(async () => work(await loadStoryState(repositories, story.id)));
    },
  };
}

export function missingStory(storyId: string): StoryTreeError {
  return new StoryTreeError('not_found', `There is no story ${storyId}. It may have been deleted: look at the list.`);
}
