import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { filesBelow } from './files.mjs';

/** The web app's folder within the checkout. */
export const APP = 'apps/story-tree-ui';

/** What a build is made from: the app, and the one other workspace that is bundled into its pages. */
const SOURCES = [APP, 'domain'];
const SETTINGS = ['package-lock.json', 'tsconfig.json'];

/** What a build does not depend on: generated files, files that are served as they are, and tests. */
const LEFT_OUT = /^(node_modules|\.next.*|public|next-env\.d\.ts|.*\.test\.tsx?)$/;

/**
 * The stamp that a build of the current sources has: a hash of everything that affects the build.
 * @param {string} root
 * @param {string} nodeVersion Of the Node to build on, such as `v24.0.0`
 * @returns {string}
 */
export function wantedAppStamp(root, nodeVersion) {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch} ${nodeVersion}`);
  for (const file of [...SETTINGS, ...SOURCES.flatMap((folder) => sourcesBelow(root, folder))]) {
    const path = join(root, file);
    hash.update(`\0${file}\0`).update(existsSync(path) ? readFileSync(path) : '');
  }
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} folder
 */
function sourcesBelow(root, folder) {
  return existsSync(join(root, folder)) ? filesBelow(root, folder, (path) => LEFT_OUT.test(basename(path))) : [];
}
