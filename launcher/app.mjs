import { join } from 'node:path';
import { APP, buildFolder, isBuilt, removeAppStamp, wantedAppStamp, writeAppStamp } from './appStamp.mjs';
import { LauncherFailure } from './failure.mjs';
import { runQuietly } from './run.mjs';
import { withSetupLock } from './setupLock.mjs';
import { TOOLS, toolScript } from './tools.mjs';

/** How many of the last lines of the build's output are shown when it fails: the reason is at the end. */
const SHOWN_LINES = 60;
/** Exit code of a process that was killed, most likely because it ran out of memory. */
const KILLED = 137;

/**
 * Builds the web app unless a finished build of the current sources exists.
 * @param {import('./context.mjs').Project} project
 * @returns {Promise<void>}
 * @throws {LauncherFailure} When the build fails; its output has been shown by then
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
    const result = await say.step('Building the web app (only needed when its sources change)', () =>
      build(project, lock),
    );
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
 * Shows the output of a failed build, and sums it up in one sentence.
 * @param {{ code: number, output: string }} result
 * @param {import('./say.mjs').Say} say
 */
function explained({ code, output }, say) {
  say.line(`Output of the build:\n${output.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n')}`);
  return new LauncherFailure(
    code === KILLED
      ? 'The web app could not be built because the build was killed: it needs about 1 GB of memory, so free some and run this again.'
      : 'The web app could not be built, for the reason above: fix that and run this again.',
  );
}

/**
 * Identifies the Node that builds: the version of the one running this, or the path of a fetched one, which names its version.
 * @param {import('./context.mjs').Project} project
 */
function versionOf({ node }) {
  return node === process.execPath ? process.version : node;
}
