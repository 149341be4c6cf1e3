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
 * How what lies in the place of a story's bundle stands to the story: no bundle of it, one of how it was, or the one that
 * building it again would make.
 */
export type BundleStanding = 'missing' | 'outdated' | 'current';

/** A bundle that is not whole is outdated, and so is one that could not be built again: the building then says why. */
export async function bundleStanding(input: BundleInput): Promise<BundleStanding> {
  const storyId = input.state.story.id;
  const folder = bundleFolder({ ...input, storyId });
  const marker = await readMarker(folder);
  if (marker?.storyId !== storyId) return 'missing';
  return (await isCurrent(input, folder, marker.fingerprint)) ? 'current' : 'outdated';
}

async function isCurrent(input: BundleInput, folder: string, builtFrom: string): Promise<boolean> {
  try {
    const template = await readTemplate(input.templatePath);
    const survey = await surveyAssets(input.state, input.assets, input.signal);
    const { bundle } = assembleStandalone(input, survey, new Date(0));
    if (fingerprintOf(bundle, survey, template) !== builtFrom) return false;
    return await isWhole(folder, input.state.story.id, assetPathsOf(bundle), survey);
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
