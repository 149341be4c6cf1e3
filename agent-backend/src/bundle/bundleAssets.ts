import {
  type AssetFacts,
  type AssetStore,
  keyFramePath,
  musicPath,
  type Scenelet,
  type StoryState,
  speechPath,
} from '@story-tree/domain';
import { assertFileName } from './bundlePaths.ts';
import { forEachConcurrently } from './concurrently.ts';
import { musicNames } from './musicNames.ts';

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
  await forEachConcurrently([...recordedPaths(state)], CONCURRENT_LOOKUPS, async (path) => {
    signal?.throwIfAborted();
    const facts = await assets.stat(path);
    if (facts !== null) found.set(path, facts);
  });
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
