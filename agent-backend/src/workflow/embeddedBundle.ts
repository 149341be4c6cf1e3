import type { StoryBundle } from '@story-tree/domain';
import { assembleEmbeddedBundle } from '../bundle/embeddedBundle.ts';
import type { WorkflowDependencies } from './dependencies.ts';
import { loadStoryState } from './state.ts';

/** What it takes to read a story as a bundle. */
type ReadingDependencies = Pick<WorkflowDependencies, 'repositories' | 'assets'> &
  Partial<Pick<WorkflowDependencies, 'now'>>;

/**
 * The bundle of a story for a page that plays it where its files are served: the data of `story.json` with addresses that
 * begin with `/generated/`. Copies and writes nothing.
 * @throws StoryTreeError `not_found`, and `no_playable_content`, `prerequisite_missing` or `bundle_invalid` as the task of
 * the standalone bundle does
 */
export async function loadEmbeddedBundle(
  storyId: string,
  { repositories, assets, now = () => new Date() }: ReadingDependencies,
): Promise<StoryBundle> {
  const state = await loadStoryState(repositories, storyId);
  return assembleEmbeddedBundle({ state, assets, exportedAt: now() });
}
