import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { missingPackage } from './damage.mjs';
import { LauncherFailure, notWritable, requireRoom } from './failure.mjs';
import { completeInstallScripts, missingLink } from './installScripts.mjs';
import { installLocked } from './npm.mjs';
import { discard, isLeftOver, putBack, setAside } from './replaced.mjs';
import { withSetupLock } from './setupLock.mjs';
import { readStamp, wantedStamp, writeStamp } from './stamp.mjs';

/** @typedef {import('./context.mjs').Context} Context */

/**
 * Installs the dependencies with `npm ci` when they are missing, damaged, or do not match the current manifests. An install
 * that fails leaves what was there before.
 * @param {Context} context
 * @param {string} node The Node to run npm on
 * @returns {Promise<void>}
 * @throws {import('./failure.mjs').LauncherFailure} When they cannot be installed
 */
export async function ensureDependencies(context, node) {
  const { root } = context;
  if (isInstalled(root) && !isLeftOver(root)) return;
  requireWritable(root);
  await withSetupLock(context, async (lock) => {
    if (isLeftOver(root)) recover(root);
    if (isInstalled(root)) return;
    const stamp = wantedStamp(root);
    await context.say.step(`Installing the dependencies with npm (${reasonFor(root)})`, () =>
      replaceOrKeep(root, async () => {
        await installLocked(context, { node, cwd: root, onStart: lock.shareWith });
        requireRoom(join(root, 'node_modules'));
        requireComplete(root);
        await completeInstallScripts(context, node);
        writeStamp(root, stamp);
      }),
    );
  });
}

/** @param {string} root */
function isInstalled(root) {
  return readStamp(root) === wantedStamp(root) && missingPart(root) === undefined;
}

/** @param {string} root */
function missingPart(root) {
  return missingPackage(root) ?? missingLink(root);
}

/** @param {string} root */
function reasonFor(root) {
  const missing = readStamp(root) === wantedStamp(root) ? missingPart(root) : undefined;
  return missing === undefined ? 'only needed when they change' : `${missing} is missing`;
}

/** @param {string} root */
function requireComplete(root) {
  const missing = missingPackage(root);
  if (missing === undefined) return;
  throw new LauncherFailure(`npm reports success, but ${missing} is missing: run this again.`);
}

/**
 * @param {string} root
 * @param {() => Promise<void>} install
 */
async function replaceOrKeep(root, install) {
  // What has no stamp is the rest of an unfinished install, and not worth keeping.
  if (readStamp(root) === undefined) return await install();
  setAside(root);
  try {
    await install();
  } catch (error) {
    putBack(root);
    throw error;
  }
  discard(root);
}

/**
 * Completes what a killed install has left.
 * @param {string} root
 */
function recover(root) {
  if (isInstalled(root)) discard(root);
  else putBack(root);
}

/** @param {string} root */
function requireWritable(root) {
  for (const path of [root, join(root, 'node_modules'), join(root, '.runtime')]) {
    if (!existsSync(path)) continue;
    try {
      accessSync(path, constants.W_OK);
    } catch {
      throw notWritable(path);
    }
  }
}
