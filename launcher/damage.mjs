import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sizeOf } from './files.mjs';

/** npm's list of what it has installed. */
const INSTALLED = 'node_modules/.package-lock.json';

/**
 * Looks whether all packages are there that npm has installed: a stamp says what was done, not what is there.
 * @param {string} root
 * @returns {string | undefined} What is missing, as a path within the checkout
 */
export function missingPackage(root) {
  const listed = installedPackages(root);
  if (listed === undefined) return needsPackages(root) ? INSTALLED : undefined;
  const manifests = listed.map((path) => `${path}/package.json`);
  return manifests.find((path) => sizeOf(join(root, path)) === 0);
}

/** @param {string} root */
function installedPackages(root) {
  const path = join(root, INSTALLED);
  return existsSync(path) ? packagesIn(path) : undefined;
}

/**
 * npm writes no list if there was nothing to install.
 * @param {string} root
 */
function needsPackages(root) {
  return (packagesIn(join(root, 'package-lock.json')) ?? []).length > 0;
}

/**
 * @param {string} lock The path of a lockfile
 * @returns {string[] | undefined} Undefined if it cannot be read
 */
function packagesIn(lock) {
  try {
    const { packages } = JSON.parse(readFileSync(lock, 'utf8'));
    return Object.keys(packages).filter((path) => path.includes('node_modules/'));
  } catch {
    return undefined;
  }
}
