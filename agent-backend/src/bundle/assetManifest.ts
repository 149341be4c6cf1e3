import { keyFramePath, musicPath, type Shot, speechPath } from '@story-tree/domain';
import type { AssetSurvey } from './bundleAssets.ts';
import { musicNames } from './musicNames.ts';

/**
 * Decides which address every asset has in a bundle, and whether it exists: null when it does not. It is asked only for
 * shots whose row names a file.
 */
export interface AssetManifest {
  imagePath(shot: Shot, sceneletLabel: string): string | null;
  audioPath(shot: Shot, sceneletLabel: string): string | null;
  musicPath(cueName: string): string | null;
}

/** A manifest of the files that a survey found; `address` says what a file of the store is called in the bundle. */
export function manifestOf(
  storyId: string,
  survey: AssetSurvey,
  address: (storePath: string) => string,
): AssetManifest {
  const found = (storePath: string) => (survey.has(storePath) ? address(storePath) : null);
  return {
    imagePath: (shot, label) => found(keyFramePath(storyId, label, shot.shotIndex)),
    audioPath: (shot, label) => found(speechPath(storyId, label, shot.shotIndex)),
    musicPath(cueName) {
      const paths = musicNames(cueName).map((name) => musicPath(storyId, name));
      const present = paths.find((path) => survey.has(path));
      return present === undefined ? null : address(present);
    },
  };
}
