import path from 'node:path';
import { type StoryBundle, StoryTreeError, storyFolder } from '@story-tree/domain';

const ASSETS_FOLDER = 'assets';

/** The folder that is there in every bundle, whatever the story holds. */
export const SHOTS_FOLDER = `${ASSETS_FOLDER}/shots`;

/** Letters, digits and a few marks: nothing that leads elsewhere or that an address would have to escape. */
const FILE_NAME = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}._ -]*$/u;

/** What file systems take, less the longest ending that we add. */
const LONGEST_NAME_BYTES = 250;

export const isFileName = (name: string) => FILE_NAME.test(name) && Buffer.byteLength(name) <= LONGEST_NAME_BYTES;

/** @throws StoryTreeError `bundle_invalid` for a name that could lead out of its folder */
export function assertFileName(kind: string, name: string): void {
  if (isFileName(name)) return;
  throw new StoryTreeError('bundle_invalid', `The ${kind} id ${JSON.stringify(name)} cannot be the name of a folder.`);
}

/** Where a story's bundle lies: in a folder of its own below `outputPath`, else below `outputRoot`. */
export function bundleFolder(place: { outputRoot: string; outputPath?: string | undefined; storyId: string }): string {
  assertFileName('story', place.storyId);
  return path.resolve(place.outputPath ?? place.outputRoot, place.storyId);
}

/** What a file of the store is called within a bundle. */
export const toBundlePath = (storyId: string, storePath: string) =>
  storePath.replace(`${storyFolder(storyId)}/`, () => `${ASSETS_FOLDER}/`);

/** The file of the store that a path within a bundle was copied from. */
export const toStorePath = (storyId: string, bundlePath: string) =>
  bundlePath.replace(`${ASSETS_FOLDER}/`, () => `${storyFolder(storyId)}/`);

/** Every asset that a bundle refers to, once. */
export function assetPathsOf(bundle: StoryBundle): Set<string> {
  const paths = new Set<string>();
  for (const scenelet of bundle.scenelets) {
    for (const { imagePath, audioPath } of scenelet.shots) {
      if (imagePath !== null) paths.add(imagePath);
      if (audioPath !== null) paths.add(audioPath);
    }
  }
  for (const cue of bundle.music ?? []) paths.add(cue.audioPath);
  return paths;
}
