import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The file that marks a finished install. It is inside what was installed, so that one cannot outlive the other.
 * @param {string} root
 * @returns {string}
 */
export function stampPath(root) {
  return join(root, 'node_modules/.story-tree-stamp');
}

/**
 * The stamp of the last finished install, or undefined if there was none.
 * @param {string} root
 * @returns {string | undefined}
 */
export function readStamp(root) {
  return existsSync(stampPath(root)) ? readFileSync(stampPath(root), 'utf8') : undefined;
}

/**
 * @param {string} root
 * @param {string} stamp
 */
export function writeStamp(root, stamp) {
  // npm creates no folder if there was nothing to install.
  mkdirSync(dirname(stampPath(root)), { recursive: true });
  writeFileSync(stampPath(root), stamp);
}

/**
 * The stamp that an up-to-date install has: a hash of everything that affects what is installed.
 * @param {string} root
 * @returns {string}
 */
export function wantedStamp(root) {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`);
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  hash.update(lock);
  for (const folder of workspacesOf(lock)) {
    const manifest = join(root, folder, 'package.json');
    hash.update(`\0${folder}\0`).update(existsSync(manifest) ? readFileSync(manifest) : '');
  }
  return hash.digest('hex');
}

/**
 * The folders of our workspaces according to the lockfile, including the root (an empty name).
 * @param {string} lock
 */
function workspacesOf(lock) {
  const { packages } = JSON.parse(lock);
  return Object.keys(packages)
    .filter((path) => !path.includes('node_modules'))
    .sort();
}
