import type { BundleShot, Scenelet, Shot, StoryState } from '@story-tree/domain';
import type { AssetManifest } from './assetManifest.ts';
import type { AssetWarning } from './bundleReport.ts';
import { alternativeTextOf, type CharacterNames, captionsOf, characterNames } from './captions.ts';

/** Whether a shot has anything to show or to say. */
export const hasAsset = (shot: BundleShot) => shot.imagePath !== null || shot.audioPath !== null;

export interface AssembledShots {
  /** By shot index. */
  shotsOf(scenelet: Scenelet): BundleShot[];
  warnings: AssetWarning[];
}

/** The shots of every scenelet with the files that the manifest knows, and what is missing of them. */
export function assembleShots(state: StoryState, manifest: AssetManifest): AssembledShots {
  const names = characterNames(state.story.visualDesignDocument);
  const stored = Map.groupBy(state.shots, (shot) => shot.sceneletId);
  const bySceneletId = new Map<string, BundleShot[]>();
  const warnings: AssetWarning[] = [];
  for (const { id, label } of state.scenelets) {
    const shots = stored.get(id)?.toSorted((a, b) => a.shotIndex - b.shotIndex) ?? [];
    const assembled = shots.map((shot) => assembleShot(shot, label, manifest, names));
    bySceneletId.set(id, assembled);
    const playable = assembled.some(hasAsset);
    for (const [index, shot] of shots.entries()) {
      const bundled = assembled[index];
      if (bundled !== undefined) warnings.push(...warningsFor(shot, bundled, label, playable));
    }
  }
  return { shotsOf: (scenelet) => bySceneletId.get(scenelet.id) ?? [], warnings };
}

function assembleShot(shot: Shot, label: string, manifest: AssetManifest, names: CharacterNames): BundleShot {
  return {
    shotIndex: shot.shotIndex,
    imagePath: shot.keyFrameImagePath === null ? null : manifest.imagePath(shot, label),
    audioPath: shot.audioFilePath === null ? null : manifest.audioPath(shot, label),
    alternativeText: alternativeTextOf(shot.storyboard, names),
    captions: captionsOf(shot.storyboard, names),
  };
}

/** A scenelet that is left out is reported as such: of its shots only recorded files that are gone are worth a word. */
function warningsFor(shot: Shot, bundled: BundleShot, sceneletId: string, playable: boolean): AssetWarning[] {
  const missing = (asset: AssetWarning['asset'], recorded: string | null, wanted: boolean): AssetWarning[] => {
    if (recorded === null && !(wanted && playable)) return [];
    const reason = recorded === null ? 'not_made' : 'file_missing';
    return [{ sceneletId, shotIndex: shot.shotIndex, asset, reason }];
  };
  const isSpoken = shot.storyboard.audio_and_narrative.length > 0;
  return [
    ...(bundled.imagePath === null ? missing('key frame', shot.keyFrameImagePath, true) : []),
    ...(bundled.audioPath === null ? missing('speech', shot.audioFilePath, isSpoken) : []),
  ];
}
