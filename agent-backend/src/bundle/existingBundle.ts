import { readMarker } from './fingerprint.ts';
import { bundleExists, isThere } from './publish.ts';

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
  return true;
}
