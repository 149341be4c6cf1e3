import { join } from 'node:path';
import { APP, buildFolder, isBuilt, removeAppStamp, wantedAppStamp, writeAppStamp } from './appStamp.mjs';
import { LauncherFailure } from './failure.mjs';
import { runQuietly } from './run.mjs';
import { withSetupLock } from './setupLock.mjs';
import { TOOLS, toolScript } from './tools.mjs';

/** Lines of the build's output that are shown when it fails: the reason stands at the end. */
const SHOWN_LINES = 60;
/** Exit code of a process that was killed, most likely since it took more memory than there is. */
const KILLED = 137;

/**
 * Builds the web app when it was not built yet, or from other sources than those that are there.
 * @param {import('./context.mjs').Project} project
 * @returns {Promise<void>}
 * @throws {LauncherFailure} When that fails; the reason has then been told
 */
export async function ensureApp(project) {
  const { root, env, say } = project;
  const folder = buildFolder(root, env);
  const isUpToDate = () => isBuilt(folder, wantedAppStamp(root, versionOf(project)));
  if (isUpToDate()) return;
  await withSetupLock(project, async (lock) => {
    if (isUpToDate()) return;
    const stamp = wantedAppStamp(root, versionOf(project));
    removeAppStamp(folder);
    const result = await say.step('Building the web app, once for these sources', () => build(project, lock));
    if (result.code !== 0) throw explained(result, say);
    writeAppStamp(folder, stamp);
  });
}

/**
 * @param {import('./context.mjs').Project} project
 * @param {import('./lock.mjs').Lock} lock
 */
function build({ root, node, env }, lock) {
  return runQuietly(node, [toolScript(root, TOOLS.next), 'build'], {
    cwd: join(root, APP),
    env: { ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    onStart: lock.shareWith,
  });
}

/**
 * Shows what a failed build said, and sums it up.
 * @param {{ code: number, output: string }} result
 * @param {import('./say.mjs').Say} say
 */
function explained({ code, output }, say) {
  say.line(`the build says\n${output.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n')}`);
  return new LauncherFailure(
    code === KILLED
      ? 'The web app could not be built, its build was killed: it needs about 1 GB of memory, so make room and run this again.'
      : 'The web app could not be built, for the reason above: mend that and run this again.',
  );
}

/**
 * The Node that builds: the one that runs this, or one that was fetched, whose path names its version.
 * @param {import('./context.mjs').Project} project
 */
function versionOf({ node }) {
  return node === process.execPath ? process.version : node;
}
