import {
  type BundleCaption,
  type BundleShot,
  NARRATOR_ID,
  type Scenelet,
  type Shot,
  type StoryboardEntry,
  type StoryState,
  type VisualDesign,
  withoutPerformanceNotes,
} from '@story-tree/domain';
import type { AssetManifest } from './bundleAssets.ts';
import type { AssetWarning } from './bundleReport.ts';

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

/** Names of characters by their ids. */
type CharacterNames = ReadonlyMap<string, string>;

export function characterNames(design: VisualDesign | null): CharacterNames {
  return new Map(design?.character_designs.map((character) => [character.character_id, character.character_name]));
}

/** What is heard in a shot, as it is shown: names instead of ids, words without the notes on how to speak them. */
export function captionsOf(entry: StoryboardEntry, names: CharacterNames): BundleCaption[] {
  return entry.audio_and_narrative.map(({ source, line }) => ({
    speaker: source === NARRATOR_ID ? null : (names.get(source) ?? source),
    line: withoutPerformanceNotes(line),
  }));
}

/** What a shot's image shows, in words: its composition, then whoever is in it and was not named there. */
export function alternativeTextOf(entry: StoryboardEntry, names: CharacterNames): string {
  const text = entry.composition_and_content.trim();
  const present = entry.referenced_designs.characters.map((id) => names.get(id)).filter((name) => name !== undefined);
  const unnamed = [...new Set(present)].filter((name) => !text.includes(name));
  return unnamed.length === 0 ? text : `${text} (${unnamed.join(', ')})`;
}
