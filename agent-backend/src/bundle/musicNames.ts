import { normalizeNameToId } from '../tasks/visual-design/utils.ts';
import { isFileName } from './bundlePaths.ts';

/**
 * What the file of a music cue may be called, likeliest first: the cue's name made into an id, or the name itself where
 * somebody put the file there by hand.
 */
export function musicNames(cueName: string): string[] {
  return [...new Set([normalizeNameToId(cueName), cueName])].filter(isFileName);
}
