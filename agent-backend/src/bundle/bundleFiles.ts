import type { AssetFacts } from '@story-tree/domain';
import { surveyAssets } from './bundleAssets.ts';
import { assetPathsOf, toStorePath } from './bundlePaths.ts';
import { assembleStandalone, type BundleInput, readTemplate } from './bundleSource.ts';
import { validateBundle } from './validateBundle.ts';
import { ownFiles } from './writeBundle.ts';

/** An asset of a bundle: its name there, the file of the store, and what that was when it was looked up. */
export interface BundleAsset {
  name: string;
  storePath: string;
  facts: AssetFacts;
}

/** Everything that a bundle consists of, without there being a folder of it. */
export interface BundleFiles {
  /** The bundle's own files: name and content. */
  own: [name: string, content: string | Uint8Array][];
  assets: BundleAsset[];
}

export type BundleFilesInput = Pick<BundleInput, 'state' | 'assets' | 'templatePath' | 'signal'> & { exportedAt: Date };

/**
 * What a bundle of the story holds as it is now. Copies and writes nothing: assets are to be read from the store.
 * @throws StoryTreeError `no_playable_content`, `prerequisite_missing`, `bundle_invalid`, `file_error`
 */
export async function bundleFiles(input: BundleFilesInput): Promise<BundleFiles> {
  const { state, assets, templatePath, signal, exportedAt } = input;
  const storyId = state.story.id;
  const template = await readTemplate(templatePath);
  const survey = await surveyAssets(state, assets, signal);
  const { bundle } = assembleStandalone({ state }, survey, exportedAt);
  const found = [...assetPathsOf(bundle)].flatMap((name): BundleAsset[] => {
    const storePath = toStorePath(storyId, name);
    const facts = survey.get(storePath);
    return facts === undefined ? [] : [{ name, storePath, facts }];
  });
  validateBundle(bundle, new Set(found.map(({ name }) => name)));
  return { own: ownFiles(bundle, template), assets: found };
}
