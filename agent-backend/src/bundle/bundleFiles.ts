import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type AssetFacts,
  type AssetStore,
  type StoryBundle,
  type StoryState,
  StoryTreeError,
} from '@story-tree/domain';
import { syncFolder } from '../assets/durableFiles.ts';
import { type AssembledBundle, assembleBundleJson } from './assembleBundleJson.ts';
import { type AssetSurvey, manifestOf, surveyAssets } from './bundleAssets.ts';
import { isMissing } from './bundleErrors.ts';
import { assetPathsOf, toBundlePath, toStorePath } from './bundlePaths.ts';
import { type BundleMarker, MARKER_FILE } from './fingerprint.ts';
import { validateBundle } from './validateBundle.ts';

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

/** An asset of a bundle: its name there, the file of the store, and what that was when it was looked up. */
export interface BundleAsset {
  name: string;
  storePath: string;
  facts: AssetFacts;
}

/** Everything that a bundle consists of, without there being a folder of it. */
export interface BundleFiles {
  /** The bundle's own files: name and content. */
  own: [name: string, content: string | Uint8Array][];
  assets: BundleAsset[];
}

export type BundleFilesInput = Pick<BundleInput, 'state' | 'assets' | 'templatePath' | 'signal'> & { exportedAt: Date };

/**
 * What a bundle of the story holds as it is now. Copies and writes nothing: assets are to be read from the store.
 * @throws StoryTreeError `no_playable_content`, `prerequisite_missing`, `bundle_invalid`, `file_error`
 */
export async function bundleFiles(input: BundleFilesInput): Promise<BundleFiles> {
  const { state, assets, templatePath, signal, exportedAt } = input;
  const storyId = state.story.id;
  const template = await readTemplate(templatePath);
  const survey = await surveyAssets(state, assets, signal);
  const { bundle } = assembleStandalone({ state }, survey, exportedAt);
  const found = [...assetPathsOf(bundle)].flatMap((name): BundleAsset[] => {
    const storePath = toStorePath(storyId, name);
    const facts = survey.get(storePath);
    return facts === undefined ? [] : [{ name, storePath, facts }];
  });
  validateBundle(bundle, new Set(found.map(({ name }) => name)));
  return { own: ownFiles(bundle, template), assets: found };
}

/** How the files of a bundle beside its assets are called. */
export const STORY_JSON = 'story.json';
export const STORY_SCRIPT = 'story.js';
export const PLAYER_PAGE = 'player.html';

export interface BundleContent {
  bundle: StoryBundle;
  template: Uint8Array;
  marker: BundleMarker;
}

/** Writes a bundle's own files and brings them to the disk, the marker last: a folder that has it is whole. */
export async function writeBundle(folder: string, { bundle, template, marker }: BundleContent): Promise<void> {
  for (const [name, content] of ownFiles(bundle, template)) await writeSynced(path.join(folder, name), content);
  await writeSynced(path.join(folder, MARKER_FILE), `${JSON.stringify(marker)}\n`);
  await syncFolder(folder);
}

/** The files of a bundle beside its assets, by their names. */
export function ownFiles(bundle: StoryBundle, template: Uint8Array): [name: string, content: string | Uint8Array][] {
  return [
    [STORY_JSON, `${JSON.stringify(bundle, null, 2)}\n`],
    [STORY_SCRIPT, storyScript(bundle)],
    [PLAYER_PAGE, template],
  ];
}

/**
 * The bundle as a script, since a page opened from the disk may load scripts but no data. Only ASCII, and nothing that a
 * browser could take for markup or the end of a line.
 */
export function storyScript(bundle: StoryBundle): string {
  const json = JSON.stringify(bundle).replace(
    /[<>\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `window.STORY_TREE_BUNDLE = ${json};\n`;
}

async function writeSynced(file: string, content: string | Uint8Array): Promise<void> {
  await using handle = await open(file, 'wx');
  await handle.writeFile(content);
  await handle.sync();
}
