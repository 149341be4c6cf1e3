import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { INTERRUPTED, LauncherFailure } from './failure.mjs';
import { sizeOf } from './files.mjs';
import { installLocked } from './npm.mjs';
import { runQuietly } from './run.mjs';
import { withSetupLock } from './setupLock.mjs';
import { isAtLeast, MINIMUM_NODE, nodeBuildFor, PINNED_NODE } from './versions.mjs';

const UNFINISHED = 'fetch-';
/** The file in a fetched Node that says what it is, and how large. */
const FETCHED = '.story-tree-fetched';

/** @typedef {import('./versions.mjs').NodeBuild} NodeBuild */
/** @typedef {import('./context.mjs').Context} Context */

/**
 * The Node that runs the project: the current one if it is new enough, otherwise a pinned one in the checkout, which is
 * fetched from the npm registry if it is not there yet.
 * @param {Context} context
 * @param {{ version: string, execPath: string, platform: string, arch: string }} [running]
 * @returns {Promise<string>} The binary's path
 * @throws {LauncherFailure} When there is none for this platform or it cannot be fetched
 */
export async function ensureNode(context, running = process) {
  if (isAtLeast(running.version, MINIMUM_NODE)) return running.execPath;
  const build = nodeBuildFor(running.platform, running.arch);
  if (build === undefined) {
    throw new LauncherFailure(
      `Story Tree needs Node ${MINIMUM_NODE} or newer. This is ${running.version}, and the npm registry has none for ${running.platform}-${running.arch} that is new enough: install Node ${PINNED_NODE} or newer, for example from nodejs.org, and run this again.`,
    );
  }
  const runtime = join(context.root, '.runtime');
  const home = join(runtime, `node-${build.version}`);
  if (!isComplete(home, build)) {
    await withSetupLock(context, async (lock) => {
      if (isComplete(home, build) || (await isRecognised(context, home, build))) return;
      const text = `Fetching Node ${build.version} from the npm registry (only needed once), since this is Node ${running.version}`;
      await context.say.step(text, () => fetchNode(context, build, home, running.execPath, lock));
    });
  }
  return join(home, build.binary);
}

/**
 * Whether the whole of the right build is there, as far as can be told without running it.
 * @param {string} home
 * @param {NodeBuild} build
 */
function isComplete(home, build) {
  const size = sizeOf(join(home, build.binary));
  return size > 0 && readFetched(home) === fetchedLine(build, size);
}

/**
 * What was fetched: the package, which names the platform, and the size of its binary.
 * @param {NodeBuild} build
 * @param {number} size In bytes
 */
function fetchedLine(build, size) {
  return `${build.package}@${build.version} ${size}\n`;
}

/** @param {string} home */
function readFetched(home) {
  const path = join(home, FETCHED);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/**
 * Whether a Node that says nothing of itself is the right one all the same, which it then says from now on.
 * @param {Context} context
 * @param {string} home
 * @param {NodeBuild} build
 */
async function isRecognised(context, home, build) {
  if (readFetched(home) !== undefined || !(await runs(context, join(home, build.binary), build))) return false;
  recordFetched(home, build);
  return true;
}

/**
 * @param {string} home
 * @param {NodeBuild} build
 */
function recordFetched(home, build) {
  writeFileSync(join(home, FETCHED), fetchedLine(build, sizeOf(join(home, build.binary))));
}

/**
 * @param {Context} context
 * @param {NodeBuild} build
 * @param {string} home
 * @param {string} currentNode
 * @param {import('./lock.mjs').Lock} lock
 */
async function fetchNode(context, build, home, currentNode, lock) {
  const { root } = context;
  const runtime = join(root, '.runtime');
  for (const name of readdirSync(runtime)) {
    if (name.startsWith(UNFINISHED)) rmSync(join(runtime, name), { recursive: true, force: true });
  }
  const work = mkdtempSync(join(runtime, UNFINISHED));
  try {
    writeManifests(work, build);
    if (existsSync(join(root, '.npmrc'))) copyFileSync(join(root, '.npmrc'), join(work, '.npmrc'));
    await installLocked(context, { node: currentNode, cwd: work, onStart: lock.shareWith });
    const fetched = join(work, 'node_modules', build.package);
    if (!(await runs(context, join(fetched, build.binary), build))) {
      throw new LauncherFailure(
        `Node ${build.version} from the npm registry does not run on this system: install Node 24 in another way and run this again.`,
      );
    }
    recordFetched(fetched, build);
    rmSync(home, { recursive: true, force: true });
    renameSync(fetched, home);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * With a lockfile of its own, npm checks the package against the hash pinned here.
 * @param {string} folder
 * @param {NodeBuild} build
 */
function writeManifests(folder, build) {
  const dependencies = { [build.package]: build.version };
  const manifest = { name: 'story-tree-runtime', version: '0.0.0', private: true, dependencies };
  const entry = { version: build.version, integrity: build.integrity };
  const packages = { '': manifest, [`node_modules/${build.package}`]: entry };
  const lock = { name: manifest.name, version: manifest.version, lockfileVersion: 3, requires: true, packages };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
}

/**
 * @param {Context} context
 * @param {string} binary
 * @param {NodeBuild} build
 */
async function runs({ env, say }, binary, build) {
  try {
    const { code, output } = await runQuietly(binary, ['--version'], { cwd: '.', env, say });
    return code === 0 && output.trim() === `v${build.version}`;
  } catch (error) {
    if (error instanceof LauncherFailure && error.exitCode === INTERRUPTED) throw error;
    return false;
  }
}
