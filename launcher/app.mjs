import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { buildFolder, finishBuild, isBuilt, readBuild } from './appBuild.mjs';
import { APP, wantedAppStamp } from './appStamp.mjs';
import { diskFull, LauncherFailure } from './failure.mjs';
import { runQuietly } from './run.mjs';
import { withSetupLock } from './setupLock.mjs';
import { newBuildFolder, swapBuild } from './swapBuild.mjs';
import { TOOLS, toolScript } from './tools.mjs';
import { nodeBuildFor } from './versions.mjs';

/** How many of the last lines of the build's output are shown when it fails: the reason is at the end. */
const SHOWN_LINES = 60;
const DISK_FULL = /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded/i;
/** Exit code of a process that was killed, most likely because it ran out of memory. */
const KILLED = 137;

/** @typedef {import('./context.mjs').Project} Project */

/**
 * Builds the web app unless a whole build of the current sources exists. It is built beside the one that is there, which
 * goes on serving until, and unless, the new one is finished.
 * @param {Project} project
 * @returns {Promise<void>}
 * @throws {LauncherFailure} When the build fails; its output has been shown by then
 */
export async function ensureApp(project) {
  const { root, env, say } = project;
  const link = buildFolder(root, env);
  const isUpToDate = () => isBuilt(link, wantedAppStamp(root, versionOf(project)));
  if (isUpToDate()) return;
  await withSetupLock(project, async (lock) => {
    if (isUpToDate()) return;
    const stamp = wantedAppStamp(root, versionOf(project));
    const missing = readBuild(link)?.missing;
    const reason = missing === undefined ? 'only needed when its sources change' : `${missing} is missing`;
    const folder = newBuildFolder(link);
    try {
      const result = await say.step(`Building the web app (${reason})`, () => build(project, folder, lock));
      if (result.code !== 0) throw explained(result, folder, project);
      finishBuild(folder, stamp);
      swapBuild(link, folder);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  });
}

/**
 * @param {Project} project
 * @param {string} folder
 * @param {import('./lock.mjs').Lock} lock
 */
async function build({ root, node, env, say }, folder, lock) {
  const app = realpathSync(join(root, APP));
  const dist = relative(app, folder);
  const result = await runQuietly(node, [toolScript(root, TOOLS.next), 'build'], {
    cwd: app,
    env: { ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', STORY_TREE_DIST: dist },
    say,
    onStart: lock.shareWith,
  });
  referToLink(join(app, 'next-env.d.ts'), dist, env.STORY_TREE_DIST || '.next');
  return result;
}

/**
 * The build names its own folder where it tells the compiler of its types. The next one has another.
 * @param {string} file
 * @param {string} dist
 * @param {string} link
 */
function referToLink(file, dist, link) {
  if (existsSync(file)) writeFileSync(file, readFileSync(file, 'utf8').replaceAll(dist, link));
}

/**
 * Shows the output of a failed build, and sums it up in one sentence.
 * @param {{ code: number, output: string }} result
 * @param {string} folder
 * @param {Project} project
 */
function explained({ code, output }, folder, { say }) {
  if (DISK_FULL.test(output)) return diskFull(folder);
  say.line(`Output of the build:\n${output.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n')}`);
  return new LauncherFailure(
    code === KILLED
      ? 'The web app could not be built because the build was killed: it needs about 1 GB of memory, so free some and run this again.'
      : 'The web app could not be built, for the reason above: fix that and run this again.',
  );
}

/**
 * The version of the Node that builds: the one running this, or the one that was fetched.
 * @param {Project} project
 */
function versionOf({ node }) {
  return node === process.execPath ? process.version : `v${nodeBuildFor(process.platform, process.arch)?.version}`;
}
