import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { APP } from './appStamp.mjs';
import { filesBelow, sizeOf } from './files.mjs';

/** Written into a build once it is finished, so that one cannot outlive the other: its stamp, then its files. */
const FINISHED = '.story-tree-stamp';
/** What is in the folder of a build but not needed to run it, and may change or go. */
const NOT_NEEDED = /^(cache|types|dev|diagnostics|trace[^/]*|lock|\.story-tree-stamp)$/;

/**
 * A build that was finished once.
 * @typedef {object} Build
 * @property {string} stamp What it was made from
 * @property {string | undefined} missing The first of its files that is not there, or not whole; within the build
 */

/**
 * Where the web app's newest build is found: a link to its folder.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {string}
 */
export function buildFolder(root, env) {
  return join(root, APP, env.STORY_TREE_DIST || '.next');
}

/**
 * Reads a build, and looks whether all of it is there.
 * @param {string} folder
 * @returns {Build | undefined} Undefined if none was finished there
 */
export function readBuild(folder) {
  const path = join(folder, FINISHED);
  if (!existsSync(path)) return undefined;
  const [stamp = '', ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const broken = lines.find((line) => sizeOf(join(folder, pathIn(line))) !== Number.parseInt(line, 10));
  return { stamp, missing: broken === undefined ? undefined : pathIn(broken) };
}

/**
 * Whether there is a whole build with this stamp.
 * @param {string} folder
 * @param {string} stamp
 * @returns {boolean}
 */
export function isBuilt(folder, stamp) {
  const build = readBuild(folder);
  return build !== undefined && build.stamp === stamp && build.missing === undefined;
}

/**
 * Marks a build as finished.
 * @param {string} folder
 * @param {string} stamp
 */
export function finishBuild(folder, stamp) {
  const needed = filesBelow(folder, '', (path) => NOT_NEEDED.test(path));
  const lines = needed.map((path) => `${sizeOf(join(folder, path))} ${path}`);
  writeFileSync(join(folder, FINISHED), `${[stamp, ...lines].join('\n')}\n`);
}

/** @param {string} line */
function pathIn(line) {
  return line.slice(line.indexOf(' ') + 1);
}
