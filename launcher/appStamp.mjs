import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the web app within the checkout. */
export const APP = 'apps/story-tree-ui';

/** What is built from: the app, and the one part of ours that is bundled into its pages. */
const SOURCES = [APP, 'domain'];
const SETTINGS = ['package-lock.json', 'tsconfig.json'];

/** Not built from: what others made, what is served as it lies there, and tests. */
const LEFT_OUT = /^(node_modules|\.next.*|public|next-env\.d\.ts|.*\.test\.tsx?)$/;

/**
 * Where the web app's build lies.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {string}
 */
export function buildFolder(root, env) {
  return join(root, APP, env.STORY_TREE_DIST || '.next');
}

/**
 * Whether a build is there that was finished, and with this stamp.
 * @param {string} folder
 * @param {string} stamp
 * @returns {boolean}
 */
export function isBuilt(folder, stamp) {
  const path = appStampPath(folder);
  return existsSync(path) && readFileSync(path, 'utf8') === stamp && existsSync(join(folder, 'BUILD_ID'));
}

/**
 * Marks a finished build. The mark lies within the build, so that both go together.
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
 * The stamp of a build of what is there now: a hash of everything that decides what is built.
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
 * The files of a folder and of those in it, in an order that is always the same.
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
