import type { StoryTasksRepository } from '@story-tree/domain';
import type { StoryFinder } from '../stories/storyFinder.ts';

/**
 * Makes sure that there is, or was, such a story: the tasks of a deleted one stay readable.
 * @throws StoryTreeError `not_found`
 */
export type RequireHistory = (storyId: string) => Promise<void>;

export function createRequireHistory(tasks: StoryTasksRepository, finder: StoryFinder): RequireHistory {
  return async (storyId) => {
    const { tasks: any } = await tasks.list(storyId, { state: 'all', limit: 1 });
    if (any.length === 0) await finder.require(storyId);
  };
}
