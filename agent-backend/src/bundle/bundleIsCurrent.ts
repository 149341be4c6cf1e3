import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { StoryTreeError } from '@story-tree/domain';
import pMap from 'p-map';
import { type AssetSurvey, surveyAssets } from './bundleAssets.ts';
import { isMissing } from './bundleErrors.ts';
import {
  assembleStandalone,
  type BundleInput,
  PLAYER_PAGE,
  readTemplate,
  STORY_JSON,
  STORY_SCRIPT,
} from './bundleFiles.ts';
import { assetPathsOf, bundleFolder, toStorePath } from './bundlePaths.ts';
import { fingerprintOf, readMarker } from './fingerprint.ts';

const CONCURRENT_LOOKUPS = 32;

/**
 * Whether the bundle of a story lies in its place, whole, and building it again would change nothing. False as well when
 * it could not be built: then it is the building that says why.
 */
export async function bundleIsCurrent(input: BundleInput): Promise<boolean> {
  try {
    const storyId = input.state.story.id;
    const folder = bundleFolder({ ...input, storyId });
    const marker = await readMarker(folder);
    if (marker?.storyId !== storyId) return false;
    const template = await readTemplate(input.templatePath);
    const survey = await surveyAssets(input.state, input.assets, input.signal);
    const { bundle } = assembleStandalone(input, survey, new Date(0));
    if (fingerprintOf(bundle, survey, template) !== marker.fingerprint) return false;
    return await isWhole(folder, storyId, assetPathsOf(bundle), survey);
  } catch (error) {
    input.signal?.throwIfAborted();
    if (error instanceof StoryTreeError) return false;
    throw error;
  }
}

/** Assets are not forced to the disk one by one, so a power cut can leave them empty: their sizes tell. */
async function isWhole(
  folder: string,
  storyId: string,
  assetPaths: ReadonlySet<string>,
  survey: AssetSurvey,
): Promise<boolean> {
  const isWholeFile = async (name: string) => {
    const size = await sizeOf(path.join(folder, name));
    const source = survey.get(toStorePath(storyId, name));
    return size !== null && (source === undefined || size === source.size);
  };
  const names = [PLAYER_PAGE, STORY_JSON, STORY_SCRIPT, ...assetPaths];
  const whole = await pMap(names, isWholeFile, { concurrency: CONCURRENT_LOOKUPS });
  return whole.every(Boolean);
}

/** Of a regular file; null when there is none. */
async function sizeOf(file: string): Promise<number | null> {
  try {
    const stats = await lstat(file);
    return stats.isFile() ? stats.size : null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
