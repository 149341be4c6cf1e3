import { readdir, stat } from 'node:fs/promises';
import { StoryTreeError } from '@story-tree/domain';
import { isMissing } from './fileErrors.ts';
import { MARKER_FILE, readMarker } from './fingerprint.ts';
import { bundleExists, isThere } from './publish.ts';
import { PLAYER_PAGE, STORY_JSON } from './writeBundle.ts';

/** True replaces any bundle of that place, `own` only one that was built there for this very story. */
export type Overwrite = boolean | 'own';

/**
 * Whether a run may put its bundle into a folder, and must replace one for it.
 * @throws StoryTreeError `bundle_exists` when what is there has to stay
 */
export async function mayReplace(folder: string, storyId: string, overwrite: Overwrite): Promise<boolean> {
  if (!(await isThere(folder))) return overwrite !== false;
  if (overwrite === false) throw bundleExists(folder);
  if (overwrite === 'own') {
    if ((await readMarker(folder))?.storyId === storyId) return true;
    throw bundleExists(folder);
  }
  if (await isForeign(folder)) {
    throw new StoryTreeError(
      'bundle_exists',
      `${folder} holds no bundle, so it is not overwritten: move it away, or choose another place with --output-path.`,
      { details: { bundlePath: folder } },
    );
  }
  return true;
}

/** A file, or a folder with content in which nothing is a bundle's: somebody may still need it. */
async function isForeign(folder: string): Promise<boolean> {
  try {
    if (!(await stat(folder)).isDirectory()) return true;
    const names = await readdir(folder);
    return names.length > 0 && ![MARKER_FILE, STORY_JSON, PLAYER_PAGE].some((name) => names.includes(name));
  } catch (error) {
    if (isMissing(error)) return true;
    throw error;
  }
}
