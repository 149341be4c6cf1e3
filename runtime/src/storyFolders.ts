import { requireWritableFolder } from '@story-tree/agent-backend';
import { type Environment, places } from './environment.ts';
import { type RunScope, wantedTasks } from './estimator.ts';

/** The folders that runs write to, as {@link requireWritableFolder} checks them. */
export function storyFolders(environment: Environment) {
  const { assets, output } = places(environment);
  const setTo = (variable: string) => `set ${variable} to another folder`;
  return {
    assets: { what: 'The folder for pictures and voices', folder: assets, wayOut: setTo('STORY_TREE_ASSETS') },
    output: { what: 'The folder for bundles', folder: output, wayOut: setTo('STORY_TREE_OUTPUT') },
  };
}

/**
 * Makes sure, before anything is paid for, that what a run makes can be written.
 * @throws StoryTreeError `file_error` naming the folder, why it cannot be used, and how to choose another
 */
export async function requireStoryFolders(environment: Environment, scope: RunScope): Promise<void> {
  const wanted = wantedTasks(scope);
  const { assets, output } = storyFolders(environment);
  if (wanted.some(({ definition }) => definition.kind === 'media')) await requireWritableFolder(assets);
  const bundle = wanted.find(({ definition }) => definition.kind === 'bundle');
  if (bundle === undefined) return;
  const { outputPath } = bundle.options as { outputPath?: string };
  const chosen = outputPath === undefined ? {} : { folder: outputPath, wayOut: 'choose another "outputPath"' };
  await requireWritableFolder({ ...output, ...chosen });
}
