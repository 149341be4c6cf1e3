import { StoryTreeError, storyFolder } from '@story-tree/domain';
import { bundleFolder } from '../bundle/bundlePaths.ts';
import { removeBundle } from '../bundle/publish.ts';
import type { WorkflowDependencies } from './dependencies.ts';

interface FileRemovalDependencies extends Pick<WorkflowDependencies, 'assets'> {
  settings: Pick<WorkflowDependencies['settings'], 'outputRoot'>;
}

/** What it takes to remove a story, of all that workflows stand on. */
interface RemovalDependencies extends FileRemovalDependencies, Pick<WorkflowDependencies, 'repositories'> {}

/**
 * Removes all that was made of a story, its own bundle included, and hides it; bundles built elsewhere stay. The rows go
 * first, in one transaction: until then nothing is lost, and from then on nobody can take the story for whole, or write to
 * it. What is gone already is no fault.
 * @throws StoryTreeError `lease_lost` when nothing was removed; `file_error` when files stayed behind
 */
export async function removeStory(storyId: string, deps: RemovalDependencies): Promise<void> {
  const { stories } = deps.repositories;
  // Refuses an id that is no name of a folder.
  bundleFolder({ outputRoot: deps.settings.outputRoot, storyId });
  if ((await stories.get(storyId)) !== null) await stories.markDeleted(storyId);
  await removeStoryFiles(storyId, deps);
}

/**
 * Removes the files of a story that is deleted.
 * @throws StoryTreeError `file_error` when something cannot be removed
 */
export async function removeStoryFiles(storyId: string, { assets, settings }: FileRemovalDependencies): Promise<void> {
  const bundle = bundleFolder({ outputRoot: settings.outputRoot, storyId });
  try {
    await assets.remove(storyFolder(storyId));
    await removeBundle(bundle);
  } catch (cause) {
    throw new StoryTreeError(
      'file_error',
      'The story is deleted, but some of its files could not be removed. Close what holds them open, or correct their ' +
        'permissions: the worker tries again every night.',
      { cause },
    );
  }
}
