import { StoryTreeError, storyFolder } from '@story-tree/domain';
import { bundleFolder } from '../bundle/bundlePaths.ts';
import { removeBundle } from '../bundle/publish.ts';
import type { WorkflowDependencies } from './engine.ts';

/** What it takes to remove a story, of all that workflows stand on. */
interface RemovalDependencies extends Pick<WorkflowDependencies, 'repositories' | 'journal' | 'assets'> {
  settings: Pick<WorkflowDependencies['settings'], 'outputRoot'>;
}

/**
 * Removes all that was made of a story, its own bundle included, and hides it; bundles built elsewhere stay. The files
 * go first: a removal that is cut short leaves a story that can be removed again, and no file that nobody knows of.
 * What is gone already is no fault.
 * @throws StoryTreeError `file_error` when something cannot be removed; `lease_lost`
 */
export async function removeStory(storyId: string, deps: RemovalDependencies): Promise<void> {
  const { repositories, journal, assets, settings } = deps;
  // Refuses an id that is no name of a folder.
  const bundle = bundleFolder({ outputRoot: settings.outputRoot, storyId });
  const isStored = (await repositories.stories.get(storyId)) !== null;
  if (isStored) await journal.assertWritable();
  try {
    await assets.remove(storyFolder(storyId));
    await removeBundle(bundle);
  } catch (cause) {
    throw new StoryTreeError(
      'file_error',
      'Some files of the story could not be removed. Close what holds them open, or mend their permissions, then delete ' +
        'the story again.',
      { cause },
    );
  }
  if (isStored) await repositories.stories.markDeleted(storyId);
}
