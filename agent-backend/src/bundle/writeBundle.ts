import { open } from 'node:fs/promises';
import path from 'node:path';
import type { StoryBundle } from '@story-tree/domain';
import { syncFolder } from '../assets/durableFiles.ts';
import { type BundleMarker, MARKER_FILE } from './fingerprint.ts';

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
