import { accessSync, constants, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { notWritable } from './failure.mjs';
import { completeInstallScripts, isInstallComplete } from './installScripts.mjs';
import { runNpm } from './npm.mjs';
import { withSetupLock } from './setupLock.mjs';
import { readStamp, stampPath, wantedStamp, writeStamp } from './stamp.mjs';

/** @typedef {import('./context.mjs').Context} Context */

/**
 * Installs the dependencies with `npm ci` when they are missing or do not match the current manifests.
 * @param {Context} context
 * @param {string} node The Node to run npm on
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<void>}
 * @throws {import('./failure.mjs').LauncherFailure} When they cannot be installed
 */
export async function ensureDependencies(context, node, env) {
  const { root, say } = context;
  if (isInstalled(root)) return;
  requireWritable(root);
  await withSetupLock(context, async (lock) => {
    if (isInstalled(root)) return;
    const stamp = wantedStamp(root);
    rmSync(stampPath(root), { force: true });
    // Include both groups even where NODE_ENV or npm's settings omit them: the tests and the embedded database need them.
    const args = ['ci', '--include=dev', '--include=optional'];
    await say.step('Installing the dependencies with npm (only needed when they change)', () =>
      runNpm(args, { root, node, cwd: root, env, onStart: lock.shareWith }),
    );
    await completeInstallScripts(root, node, env);
    writeStamp(root, stamp);
  });
}

/** @param {string} root */
function isInstalled(root) {
  return readStamp(root) === wantedStamp(root) && isInstallComplete(root);
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
