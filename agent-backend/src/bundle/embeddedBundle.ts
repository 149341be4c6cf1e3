import type { AssetStore, StoryBundle, StoryState } from '@story-tree/domain';
import { assembleBundleJson } from './assembleBundleJson.ts';
import { manifestOf, surveyAssets } from './bundleAssets.ts';
import { validateBundle } from './validateBundle.ts';

export interface EmbeddedBundleInput {
  state: StoryState;
  assets: AssetStore;
  exportedAt: Date;
}

/**
 * The bundle of a story as a page of the app plays it: the same data, with the addresses under which the app serves the
 * files. Copies and writes nothing.
 * @throws StoryTreeError as {@link assembleBundleJson} does
 */
export async function assembleEmbeddedBundle({ state, assets, exportedAt }: EmbeddedBundleInput): Promise<StoryBundle> {
  const survey = await surveyAssets(state, assets);
  const address = (storePath: string) => `/${storePath}`;
  const manifest = manifestOf(state.story.id, survey, address);
  const { bundle } = assembleBundleJson({ state, manifest, exportedAt });
  validateBundle(bundle, new Set([...survey.keys()].map(address)));
  return bundle;
}
