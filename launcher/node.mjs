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
import { LauncherFailure } from './failure.mjs';
import { runNpm } from './npm.mjs';
import { runQuietly } from './run.mjs';
import { withSetupLock } from './setupLock.mjs';
import { isAtLeast, MINIMUM_NODE, nodeBuildFor, PINNED_NODE } from './versions.mjs';

const UNFINISHED = 'fetch-';

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
      if (isComplete(home, build)) return;
      const text = `Fetching Node ${build.version} from the npm registry (only needed once), since this is Node ${running.version}`;
      await context.say.step(text, () => fetchNode(context, build, home, running.execPath, lock));
    });
  }
  return join(home, build.binary);
}

/**
 * The folder is renamed into place as a whole, so the only thing that can be wrong with it is its platform.
 * @param {string} home
 * @param {NodeBuild} build
 */
function isComplete(home, build) {
  const manifest = join(home, 'package.json');
  return existsSync(join(home, build.binary)) && JSON.parse(readFileSync(manifest, 'utf8')).name === build.package;
}

/**
 * @param {Context} context
 * @param {NodeBuild} build
 * @param {string} home
 * @param {string} currentNode
 * @param {import('./lock.mjs').Lock} lock
 */
async function fetchNode({ root, env }, build, home, currentNode, lock) {
  const runtime = join(root, '.runtime');
  for (const name of readdirSync(runtime)) {
    if (name.startsWith(UNFINISHED)) rmSync(join(runtime, name), { recursive: true, force: true });
  }
  const work = mkdtempSync(join(runtime, UNFINISHED));
  try {
    writeManifests(work, build);
    if (existsSync(join(root, '.npmrc'))) copyFileSync(join(root, '.npmrc'), join(work, '.npmrc'));
    await runNpm(['ci', '--ignore-scripts'], { root, node: currentNode, cwd: work, env, onStart: lock.shareWith });
    const fetched = join(work, 'node_modules', build.package);
    await requireThatItRuns(join(fetched, build.binary), build, env);
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
 * @param {string} binary
 * @param {NodeBuild} build
 * @param {NodeJS.ProcessEnv} env
 */
async function requireThatItRuns(binary, build, env) {
  const result = await runQuietly(binary, ['--version'], { cwd: '.', env }).catch(() => undefined);
  if (result?.code === 0 && result.output.trim() === `v${build.version}`) return;
  throw new LauncherFailure(
    `Node ${build.version} from the npm registry does not run on this system: install Node 24 in another way and run this again.`,
  );
}
