import { StoryTreeError, storyFolder } from '@story-tree/domain';
import { bundleFolder } from '../bundle/bundlePaths.ts';
import { removeBundle } from '../bundle/publish.ts';
import type { WorkflowDependencies } from './dependencies.ts';

interface FileRemovalDependencies extends Pick<WorkflowDependencies, 'assets'> {
  settings: Pick<WorkflowDependencies['settings'], 'outputRoot'>;
}

/** The dependencies of a workflow that removing a story needs. */
interface RemovalDependencies extends FileRemovalDependencies, Pick<WorkflowDependencies, 'repositories'> {}

/**
 * Removes everything made for a story, including its own bundle, and hides the story; bundles built elsewhere stay. The rows
 * go first, in one transaction: until then nothing is lost, and afterwards nobody can mistake the story for a complete one,
 * or write to it. It is no error if some of it is gone already.
 * @throws StoryTreeError `lease_lost` if nothing was removed, `file_error` if files were left behind
 */
export async function removeStory(storyId: string, deps: RemovalDependencies): Promise<void> {
  const { stories } = deps.repositories;
  // Refuses an id that cannot be the name of a folder.
  bundleFolder({ outputRoot: deps.settings.outputRoot, storyId });
  if ((await stories.get(storyId)) !== null) await stories.markDeleted(storyId);
  await removeStoryFiles(storyId, deps);
}

/**
 * Removes the files of a deleted story.
 * @throws StoryTreeError `file_error` if something cannot be removed
 */
export async function removeStoryFiles(storyId: string, { assets, settings }: FileRemovalDependencies): Promise<void> {
  const bundle = bundleFolder({ outputRoot: settings.outputRoot, storyId });
  try {
    await assets.remove(storyFolder(storyId));
    await removeBundle(bundle);
  } catch (cause) {
    throw new StoryTreeError(
      'file_error',
      'The story is deleted, but some of its files could not be removed. Close what holds them open, or fix their ' +
        'permissions: the worker tries again every night.',
      { cause },
    );
  }
}
