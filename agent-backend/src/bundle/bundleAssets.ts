import {
  type AssetFacts,
  type AssetStore,
  keyFramePath,
  musicPath,
  normalizeNameToId,
  type Scenelet,
  type Shot,
  type StoryState,
  speechPath,
} from '@story-tree/domain';
import pMap from 'p-map';
import { assertFileName, isFileName } from './bundlePaths.ts';

/** The files of a story that exist, by the paths that rows keep. */
export type AssetSurvey = ReadonlyMap<string, AssetFacts>;

const CONCURRENT_LOOKUPS = 32;

/**
 * Looks which of a story's key frames, speech and music lie on disk.
 * @throws StoryTreeError `bundle_invalid` when a name could not be a file's
 */
export async function surveyAssets(
  state: StoryState,
  assets: AssetStore,
  signal?: AbortSignal | undefined,
): Promise<AssetSurvey> {
  const found = new Map<string, AssetFacts>();
  const lookUp = async (path: string) => {
    const facts = await assets.stat(path);
    if (facts !== null) found.set(path, facts);
  };
  await pMap(recordedPaths(state), lookUp, { concurrency: CONCURRENT_LOOKUPS, signal });
  return found;
}

function* recordedPaths({ story, scenelets, shots }: StoryState): Generator<string> {
  assertFileName('story', story.id);
  const byId = new Map<string, Scenelet>();
  for (const scenelet of scenelets) {
    assertFileName('scenelet', scenelet.label);
    byId.set(scenelet.id, scenelet);
  }
  for (const shot of shots) {
    const label = byId.get(shot.sceneletId)?.label;
    if (label === undefined) continue;
    if (shot.keyFrameImagePath !== null) yield keyFramePath(story.id, label, shot.shotIndex);
    if (shot.audioFilePath !== null) yield speechPath(story.id, label, shot.shotIndex);
  }
  for (const cue of story.audioDesignDocument?.music_and_ambience_cues ?? []) {
    for (const name of musicNames(cue.cue_name)) yield musicPath(story.id, name);
  }
}

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

/**
 * What the file of a music cue may be called, likeliest first: the cue's name made into an id, or the name itself where
 * somebody put the file there by hand.
 */
function musicNames(cueName: string): string[] {
  return [...new Set([normalizeNameToId(cueName), cueName])].filter(isFileName);
}
