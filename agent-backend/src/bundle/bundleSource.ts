import { readFile } from 'node:fs/promises';
import { type AssetStore, type StoryState, StoryTreeError } from '@story-tree/domain';
import { type AssembledBundle, assembleBundleJson } from './assembleBundleJson.ts';
import { manifestOf } from './assetManifest.ts';
import type { AssetSurvey } from './bundleAssets.ts';
import { toBundlePath } from './bundlePaths.ts';
import { isMissing } from './fileErrors.ts';

/** Where bundles go and what they are made from. */
export interface BundleInput {
  state: StoryState;
  assets: AssetStore;
  /** Folder below which each story's bundle has its own, unless `outputPath` names another. */
  outputRoot: string;
  outputPath?: string | undefined;
  /** A path of the story that stops before an ending is then an error. */
  strict?: boolean | undefined;
  /** The player's page. */
  templatePath: string;
  signal?: AbortSignal | undefined;
}

/** The standalone form: addresses relative to the bundle's folder. */
export function assembleStandalone(
  { state, strict }: Pick<BundleInput, 'state' | 'strict'>,
  survey: AssetSurvey,
  exportedAt: Date,
): AssembledBundle {
  const manifest = manifestOf(state.story.id, survey, (storePath) => toBundlePath(state.story.id, storePath));
  return assembleBundleJson({ state, manifest, exportedAt, strict });
}

/** @throws StoryTreeError `file_error` when the player's page is not where it should be */
export async function readTemplate(templatePath: string): Promise<Uint8Array> {
  try {
    return await readFile(templatePath);
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new StoryTreeError(
      'file_error',
      `The player template ${templatePath} is missing: restore the file and run the task again.`,
      { cause: error },
    );
  }
}
