import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What an install is about to replace waits here, so that one that fails can be undone. */
const REPLACED = '.runtime/replaced';
/** What is no longer needed; removing it may take a while, and may be interrupted. */
const TRASH = '.runtime/trash';

/**
 * Whether an install was killed before it could undo its work or clean up.
 * @param {string} root
 * @returns {boolean}
 */
export function isLeftOver(root) {
  return existsSync(join(root, REPLACED));
}

/**
 * Moves the installed packages of the checkout and of its workspaces aside.
 * @param {string} root
 */
export function setAside(root) {
  mkdirSync(join(root, REPLACED), { recursive: true });
  for (const path of moduleFolders(root)) {
    if (existsSync(join(root, path))) tryToMove(join(root, path), asidePath(root, path));
  }
}

/**
 * Puts back what was moved aside, in place of whatever has been installed since.
 * @param {string} root
 */
export function putBack(root) {
  for (const name of readdirSync(join(root, REPLACED))) {
    const path = join(root, decodeURIComponent(name));
    rmSync(path, { recursive: true, force: true });
    renameSync(join(root, REPLACED, name), path);
  }
  rmSync(join(root, REPLACED), { recursive: true });
}

/**
 * Removes what was moved aside.
 * @param {string} root
 */
export function discard(root) {
  rmSync(join(root, TRASH), { recursive: true, force: true });
  renameSync(join(root, REPLACED), join(root, TRASH));
  rmSync(join(root, TRASH), { recursive: true, force: true });
}

/**
 * The checkout's own packages come last: the stamp is among them, so that a kill in between leaves nothing that looks whole.
 * @param {string} root
 * @returns {string[]} Within the checkout
 */
function moduleFolders(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const workspaces = Object.keys(packages).filter((path) => path !== '' && !path.includes('node_modules'));
  return [...workspaces.map((path) => `${path}/node_modules`), 'node_modules'];
}

/**
 * A folder that cannot be moved, such as a volume of a container, stays where it is, and npm empties it.
 * @param {string} from
 * @param {string} to
 */
function tryToMove(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code !== 'EBUSY' && code !== 'EXDEV') throw error;
  }
}

/**
 * @param {string} root
 * @param {string} path Within the checkout
 */
function asidePath(root, path) {
  return join(root, REPLACED, encodeURIComponent(path));
}
