import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The web app's folder within the checkout. */
export const APP = 'apps/story-tree-ui';

/** What a build is made from: the app, and the one other workspace that is bundled into its pages. */
const SOURCES = [APP, 'domain'];
const SETTINGS = ['package-lock.json', 'tsconfig.json'];

/** What a build does not depend on: generated files, files that are served as they are, and tests. */
const LEFT_OUT = /^(node_modules|\.next.*|public|next-env\.d\.ts|.*\.test\.tsx?)$/;

/**
 * The folder of the web app's build.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {string}
 */
export function buildFolder(root, env) {
  return join(root, APP, env.STORY_TREE_DIST || '.next');
}

/**
 * Whether there is a finished build with this stamp.
 * @param {string} folder
 * @param {string} stamp
 * @returns {boolean}
 */
export function isBuilt(folder, stamp) {
  const path = appStampPath(folder);
  return existsSync(path) && readFileSync(path, 'utf8') === stamp && existsSync(join(folder, 'BUILD_ID'));
}

/**
 * Marks a build as finished. The mark is inside the build, so that one cannot outlive the other.
 * @param {string} folder
 * @param {string} stamp
 */
export function writeAppStamp(folder, stamp) {
  writeFileSync(appStampPath(folder), stamp);
}

/** @param {string} folder */
export function removeAppStamp(folder) {
  rmSync(appStampPath(folder), { force: true });
}

/**
 * The stamp that a build of the current sources has: a hash of everything that affects the build.
 * @param {string} root
 * @param {string} nodeVersion The Node to build on
 * @returns {string}
 */
export function wantedAppStamp(root, nodeVersion) {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch} ${nodeVersion}`);
  for (const file of [...SETTINGS, ...SOURCES.flatMap((folder) => filesBelow(root, folder))]) {
    const path = join(root, file);
    hash.update(`\0${file}\0`).update(existsSync(path) ? readFileSync(path) : '');
  }
  return hash.digest('hex');
}

/**
 * All files below a folder, in a stable order.
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !LEFT_OUT.test(name))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(root, path) : [path];
    });
}

/** @param {string} folder */
function appStampPath(folder) {
  return join(folder, '.story-tree-stamp');
}
