import { existsSync, readFileSync } from 'node:fs';
import { findProgram } from './environment.mjs';
import { LauncherFailure } from './failure.mjs';
import { runQuietly } from './run.mjs';
import { askOnTerminal } from './say.mjs';

/**
 * A system program that some tests need.
 * @typedef {object} TestProgram
 * @property {string} title
 * @property {readonly string[]} commands Its possible names, the preferred one first
 * @property {string} debian The package that has it on Debian and Ubuntu
 */

/**
 * The headless build comes first: without windows, the same engine takes two thirds of the time.
 * @type {TestProgram}
 */
export const CHROMIUM = {
  title: 'Chromium',
  commands: ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'],
  debian: 'chromium-headless-shell',
};

/** @type {readonly TestProgram[]} */
const TEST_PROGRAMS = [{ title: 'Redis', commands: ['redis-server'], debian: 'redis-server' }, CHROMIUM];

/** @typedef {{ platform: string, isRoot: boolean, osRelease: string }} Machine */

/** @returns {Machine} */
function thisMachine() {
  const release = '/etc/os-release';
  return {
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    osRelease: existsSync(release) ? readFileSync(release, 'utf8') : '',
  };
}

/**
 * Finds the programs that some tests need. If this user may install the missing ones, that happens with `CI=true`, or
 * after asking on the terminal; without a terminal nothing is installed. Programs that are still missing are named, and the
 * tests that need them are skipped; with `CI=true` that is a failure instead.
 * @param {import('./context.mjs').Context} context
 * @param {Machine} [machine]
 * @param {(question: string) => Promise<boolean>} [confirm]
 * @returns {Promise<void>}
 * @throws {LauncherFailure} When something is missing and `CI=true`
 */
export async function ensureTestPrograms(context, machine = thisMachine(), confirm = askOnTerminal) {
  const { env, say } = context;
  const isMissing = (/** @type {TestProgram} */ program) => findProgram(env, program.commands) === undefined;
  const wanted = TEST_PROGRAMS.filter(isMissing);
  const isOffered = wanted.length > 0 && canInstall(env, machine);
  if (isOffered && (env.CI === 'true' || (await confirm(`${offer(wanted)} Install?`)))) {
    await aptInstall(context, wanted);
  }

  const missing = wanted.filter(isMissing);
  if (missing.length > 0 && env.CI === 'true') {
    throw new LauncherFailure(`${titles(missing)} must be installed when CI=true: install ${packages(missing)}.`);
  }
  for (const program of missing) {
    say.line(
      `Skipping the tests that need ${program.title}: to run them, install ${program.debian} so that it is on PATH.`,
    );
  }
  if (missing.length > 0 && isOffered)
    say.line(`On a terminal, or with CI=true, this can be done for you: ${offer(missing)}`);
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {Machine} machine
 */
function canInstall(env, { platform, isRoot, osRelease }) {
  const ids = osRelease.split('\n').filter((line) => line.startsWith('ID=') || line.startsWith('ID_LIKE='));
  const isDebian = ids.some((line) => /\b(debian|ubuntu)\b/.test(line));
  const hasApt = findProgram(env, ['apt-get']) !== undefined;
  return platform === 'linux' && isRoot && isDebian && hasApt && env.STORY_TREE_NO_APT !== '1';
}

/**
 * @param {import('./context.mjs').Context} context
 * @param {readonly TestProgram[]} programs
 */
async function aptInstall({ root, env, say }, programs) {
  const options = { cwd: root, say, env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } };
  const patience = '-oDPkg::Lock::Timeout=300';
  const install = ['install', '-y', '--no-install-recommends', patience, ...programs.map(({ debian }) => debian)];
  const text = `Installing ${packages(programs)} with apt-get for the tests`;
  const result = await say.step(text, async () => {
    await runQuietly('apt-get', ['update', patience], options);
    return await runQuietly('apt-get', install, options);
  });
  if (result.code === 0) return;
  const reason = result.output.split('\n').findLast((line) => line.startsWith('E: ')) ?? `exit code ${result.code}`;
  say.line(`apt-get could not install ${packages(programs)}: ${reason}`);
}

/**
 * Says what would be installed, and how to decline for good.
 * @param {readonly TestProgram[]} programs
 */
function offer(programs) {
  const install = `apt-get can install ${packages(programs)} for the tests that need ${titles(programs)}`;
  return `${install}; set STORY_TREE_NO_APT=1 to decline.`;
}

/** @param {readonly TestProgram[]} programs */
function titles(programs) {
  return programs.map(({ title }) => title).join(' and ');
}

/** @param {readonly TestProgram[]} programs */
function packages(programs) {
  return programs.map(({ debian }) => debian).join(' and ');
}
