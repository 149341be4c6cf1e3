import {
  type BundleScenelet,
  buildSceneletTree,
  type Scenelet,
  type StoryBundle,
  type StoryState,
} from '@story-tree/domain';
import type { AssetManifest } from './bundleAssets.ts';
import { assertHasShots, bundleInvalid, noPlayableContent } from './bundleErrors.ts';
import type { AssetWarning, BundleReport } from './bundleReport.ts';
import { assembleShots, hasAsset } from './bundleShots.ts';
import { playableTree, REGENERATE_SCRIPT } from './playableTree.ts';

export interface AssembleInput {
  state: StoryState;
  manifest: AssetManifest;
  exportedAt: Date;
  /** A path that stops before an ending is then an error instead of `incomplete`. */
  strict?: boolean | undefined;
}

export interface AssembledBundle {
  bundle: StoryBundle;
  report: BundleReport;
}

/**
 * What the player plays, from what is stored of a story and what the manifest says of its files.
 *
 * Scenelets without any asset are left out, together with what only they lead to; the report names them.
 *
 * @throws StoryTreeError `prerequisite_missing` without shots, `no_playable_content` when the root or everything lacks
 * assets, `bundle_invalid` when the tree is broken
 */
export function assembleBundleJson(input: AssembleInput): AssembledBundle {
  const { state, exportedAt, strict = false } = input;
  assertHasShots(state);
  const tree = buildSceneletTree(state.scenelets);
  const root = onlyRoot(tree.roots);
  const { shotsOf, warnings } = assembleShots(state, input.manifest);
  const isPlayable = (scenelet: Scenelet) => shotsOf(scenelet).some(hasAsset);
  if (!state.scenelets.some(isPlayable)) throw noPlayableContent("none of the story's shots");
  if (!isPlayable(root)) throw noPlayableContent(`no shot of the first scenelet, ${root.label},`);

  const playable = playableTree(tree, root, isPlayable, strict);
  const scenelets = playable.scenelets.map(
    ({ scenelet, next }): BundleScenelet => ({
      id: scenelet.label,
      description: scenelet.content.description,
      shots: shotsOf(scenelet),
      next,
    }),
  );
  const bundle: StoryBundle = {
    metadata: metadataOf(state, exportedAt),
    rootSceneletId: root.label,
    scenelets,
    ...musicOf(state, input.manifest, new Set(scenelets.map(({ id }) => id))),
  };
  return { bundle, report: reportOn(bundle, playable.excluded, warnings) };
}

function onlyRoot(roots: readonly Scenelet[]): Scenelet {
  const [root] = roots;
  if (root !== undefined && roots.length === 1) return root;
  const labels = roots.map(({ label }) => label).join(', ');
  const fault = root === undefined ? 'it has no first scenelet' : `it has ${roots.length} first scenelets (${labels})`;
  throw bundleInvalid([{ path: 'scenelets', message: `${fault}; ${REGENERATE_SCRIPT}` }]);
}

function metadataOf({ story }: StoryState, exportedAt: Date): StoryBundle['metadata'] {
  const language = languageTag(story.creationOptions.language);
  return {
    storyId: story.id,
    title: story.displayName,
    exportedAt: exportedAt.toISOString(),
    ...(language === undefined ? {} : { language }),
  };
}

/** Cues whose file exists, each with the scenelets of the bundle that it belongs to. */
function musicOf(
  { story }: StoryState,
  manifest: AssetManifest,
  included: ReadonlySet<string>,
): Pick<StoryBundle, 'music'> {
  const cues = story.audioDesignDocument?.music_and_ambience_cues ?? [];
  const music = cues.flatMap(({ cue_name, associated_scenelet_ids }) => {
    const sceneletIds = [...new Set(associated_scenelet_ids)].filter((id) => included.has(id));
    const audioPath = sceneletIds.length === 0 ? null : manifest.musicPath(cue_name);
    return audioPath === null ? [] : [{ cueName: cue_name, audioPath, sceneletIds }];
  });
  return music.length === 0 ? {} : { music };
}

function reportOn(
  bundle: StoryBundle,
  excluded: BundleReport['excluded'],
  warnings: readonly AssetWarning[],
): BundleReport {
  const shots = bundle.scenelets.flatMap((scenelet) => scenelet.shots);
  return {
    scenelets: bundle.scenelets.length,
    shots: shots.length,
    keyFrames: shots.filter((shot) => shot.imagePath !== null).length,
    speeches: shots.filter((shot) => shot.audioPath !== null).length,
    musicCues: bundle.music?.length ?? 0,
    excluded,
    incomplete: bundle.scenelets.filter(({ next }) => next.type === 'incomplete').map(({ id }) => id),
    warnings,
  };
}

/** Languages that people name in words; everything else is given as a tag. */
const COMMON_TAGS =
  'ar bg bn ca cs cy da de el en en-GB en-US es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka ko la lt lv mk ms nl no pl pt pt-BR ro ru sk sl sq sr sv sw ta te th tr uk ur vi zh zh-Hans zh-Hant'.split(
    ' ',
  );

let tagsByName: ReadonlyMap<string, string> | undefined;

/** The BCP 47 tag of a language given as a tag or by its name, in English or in itself; undefined when it is neither. */
export function languageTag(language: string | undefined): string | undefined {
  if (language === undefined) return undefined;
  return tagOfName(language.trim().toLowerCase()) ?? canonicalTag(language.trim().replaceAll('_', '-'));
}

function tagOfName(name: string): string | undefined {
  // Only with the first language: the names take longer to collect than most of the engine takes to load.
  tagsByName ??= new Map(COMMON_TAGS.flatMap((tag) => ['en', tag].map((locale) => [nameIn(locale, tag), tag])));
  return tagsByName.get(name);
}

function nameIn(locale: string, tag: string): string {
  return (new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag).toLowerCase();
}

/** "Klingon" has the form of a tag, so the language itself must be a known one as well. */
function canonicalTag(text: string): string | undefined {
  try {
    const [tag = ''] = Intl.getCanonicalLocales(text);
    const { language } = new Intl.Locale(tag);
    const known = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
    return known.of(language) === undefined ? undefined : tag;
  } catch {
    return undefined;
  }
}
