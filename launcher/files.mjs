import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * All files below a folder, in a stable order.
 * @param {string} root
 * @param {string} folder Within root; empty for root itself
 * @param {(path: string) => boolean} isLeftOut Whether to pass over what has this path within root
 * @returns {string[]} Their paths within root, with slashes
 */
export function filesBelow(root, folder, isLeftOut) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (isLeftOut(path)) return [];
      return entry.isDirectory() ? filesBelow(root, path, isLeftOut) : [path];
    });
}

/**
 * The size of a file in bytes; 0 if it is not there, which is no better than empty.
 * @param {string} path
 * @returns {number}
 */
export function sizeOf(path) {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
