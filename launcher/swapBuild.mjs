import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

const LINK_DRAFT = 'link';

/**
 * Makes the folder for a new build, beside the newest one. What interrupted or replaced builds have left is removed, all but
 * the newest: an app may be running on it, and stays with it.
 * @param {string} link Where the newest build is found
 * @returns {string}
 */
export function newBuildFolder(link) {
  const builds = buildsOf(link);
  mkdirSync(builds, { recursive: true });
  const newest = targetOf(link);
  for (const name of readdirSync(builds)) {
    if (join(builds, name) !== newest) rmSync(join(builds, name), { recursive: true, force: true });
  }
  const folder = join(builds, `build-${newId()}`);
  mkdirSync(folder);
  return folder;
}

/**
 * Makes a finished build the newest one, in one step that cannot be seen half-done.
 * @param {string} link Where the newest build is found
 * @param {string} folder From {@link newBuildFolder}
 */
export function swapBuild(link, folder) {
  const draft = join(buildsOf(link), LINK_DRAFT);
  rmSync(draft, { force: true });
  // Windows creates such links without asking for privileges.
  symlinkSync(relative(dirname(link), folder), draft, 'junction');
  makeWay(link);
  renameSync(draft, link);
}

/**
 * Earlier versions built into a folder of that name, and Next generates types there before the first build.
 * @param {string} link
 */
function makeWay(link) {
  const found = lstatSync(link, { throwIfNoEntry: false });
  if (found?.isDirectory()) renameSync(link, join(buildsOf(link), `before-${newId()}`));
  else if (found !== undefined && process.platform === 'win32') rmSync(link);
}

/**
 * The builds belonging to a link.
 * @param {string} link
 */
function buildsOf(link) {
  return join(realpathSync(dirname(link)), `${basename(link)}-builds`);
}

function newId() {
  return randomBytes(4).toString('hex');
}

/** @param {string} link */
function targetOf(link) {
  try {
    return realpathSync(link);
  } catch {
    return undefined;
  }
}
