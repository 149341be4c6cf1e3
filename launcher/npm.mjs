import { accessSync, constants, existsSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { pathOf } from './environment.mjs';
import { LauncherFailure, notWritable } from './failure.mjs';
import { runQuietly } from './run.mjs';

const CLI_NAME = 'npm-cli.js';
const UNREACHABLE =
  /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|E50\d|ERR_SOCKET_TIMEOUT|UNABLE_TO_|SELF_SIGNED|CERT_)/;

/**
 * Runs npm on the given Node, regardless of which Node npm was installed with.
 * @param {readonly string[]} args
 * @param {{ root: string, node: string, cwd: string, env: NodeJS.ProcessEnv, onStart?: (pid: number) => void }} options
 * @returns {Promise<void>}
 * @throws {LauncherFailure} With a sentence that says why npm failed
 */
export async function runNpm(args, { root, node, cwd, env, onStart }) {
  // Given as arguments, because `npm run --silent` would otherwise silence the errors of this npm too.
  const quiet = ['--loglevel=error', '--no-progress', '--no-audit', '--no-fund', '--no-update-notifier'];
  // By default, npm tries for over a minute before it reports that it cannot reach the registry.
  const patience = ['--fetch-retry-mintimeout=2000', '--fetch-retry-maxtimeout=8000'];
  const command = [findNpmCli(env), ...args, ...quiet, ...patience, ...cacheArguments(root, env)];
  const { code, output } = await runQuietly(node, command, { cwd, env, ...(onStart && { onStart }) });
  if (code !== 0) throw explainNpmFailure(args, output);
}

/**
 * Finds npm's entry file: of the npm that runs us, else of the one next to this Node, else of the one on PATH.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [execPath]
 * @returns {string}
 * @throws {LauncherFailure} When there is none
 */
export function findNpmCli(env, execPath = process.execPath) {
  const candidates = [env.npm_execpath ?? ''];
  for (const folder of [dirname(execPath), dirname(realPath(execPath))]) {
    candidates.push(join(folder, 'node_modules/npm/bin', CLI_NAME));
    candidates.push(join(folder, '../lib/node_modules/npm/bin', CLI_NAME));
  }
  for (const folder of pathOf(env).split(delimiter)) candidates.push(realPath(join(folder, 'npm')));
  const found = candidates.find((path) => basename(path) === CLI_NAME && existsSync(path));
  if (found === undefined) throw new LauncherFailure('npm was not found: install npm, or start this with `npm start`.');
  return found;
}

/**
 * @param {readonly string[]} args
 * @param {string} output
 * @returns {LauncherFailure}
 */
export function explainNpmFailure(args, output) {
  const code = /npm (?:error|ERR!) code (\S+)/.exec(output)?.[1] ?? '';
  if (UNREACHABLE.test(code)) {
    return new LauncherFailure(
      `The npm registry cannot be reached (${code}): check the connection, or the registry that \`npm config get registry\` names, and run this again.`,
    );
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return notWritable(/npm (?:error|ERR!) path (.+)/.exec(output)?.[1] ?? 'the checkout');
  }
  if (code === 'ENOSPC') return new LauncherFailure('The disk is full: free about 1.5 GB and run this again.');
  const reason = output
    .split('\n')
    .map((line) => line.replace(/^npm (?:error|ERR!) ?/, '').trim())
    .find((line) => line !== '' && !line.startsWith('code '));
  return new LauncherFailure(
    `\`npm ${args[0]}\` failed${reason === undefined ? '' : `: ${reason}`} Run \`npm ${args[0]}\` yourself to see its full output.`,
  );
}

/**
 * npm needs a writable cache; users without a home directory get one in the checkout.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 */
function cacheArguments(root, env) {
  const cache = env.npm_config_cache ?? join(env.HOME ?? homedir(), '.npm');
  return isWritable(cache) ? [] : ['--cache', join(root, '.runtime/npm-cache')];
}

/**
 * @param {string} path Need not exist yet
 * @returns {boolean}
 */
function isWritable(path) {
  if (!existsSync(path)) return path !== dirname(path) && isWritable(dirname(path));
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} path */
function realPath(path) {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
