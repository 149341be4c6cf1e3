import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { pathOf } from './environment.mjs';
import { diskFull, LauncherFailure, notWritable } from './failure.mjs';
import { reachingEnvironment, reachingLines } from './npmSettings.mjs';
import { runQuietly } from './run.mjs';

const CLI_NAME = 'npm-cli.js';
/** What npm said last, for whoever wants to know more than the one sentence. */
const LOG = '.runtime/npm.log';
const UNREACHABLE =
  /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|E50\d|ERR_SOCKET_TIMEOUT)/;
const UNTRUSTED = /^(UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|CERT_|ERR_TLS_)/;

/**
 * @typedef {object} NpmOptions
 * @property {string} node The Node to run npm on, regardless of which Node npm was installed with
 * @property {string} cwd
 * @property {(pid: number) => void} [onStart]
 */

/**
 * Has npm install exactly what the lockfile in a folder says. Of the user's npm configuration only that counts which says
 * how to reach a registry. No install script runs: the one that matters is `completeInstallScripts`'s business. The
 * caller holds the setup lock.
 * @param {import('./context.mjs').Context} context
 * @param {NpmOptions} options
 * @returns {Promise<void>}
 * @throws {LauncherFailure} With a sentence that says why npm failed
 */
export async function installLocked(context, { node, cwd, onStart }) {
  const { root, env, say } = context;
  const npm = findNpmCli(env);
  const configuration = writeConfiguration(root, [await globalConfig(npm, context, cwd), userConfig(env)]);
  const log = join(root, LOG);
  // Given as arguments, because `npm run --silent` would otherwise silence the errors of this npm too.
  const quiet = ['--loglevel=error', '--no-progress', '--no-audit', '--no-fund', '--no-update-notifier'];
  // By default, npm tries for over a minute before it reports that it cannot reach the registry.
  const patience = ['--fetch-retry-mintimeout=2000', '--fetch-retry-maxtimeout=8000'];
  const command = [
    npm,
    'ci',
    '--ignore-scripts',
    ...quiet,
    ...patience,
    ...configuration.arguments,
    ...cacheArguments(root, env),
  ];
  try {
    const options = { cwd, env: reachingEnvironment(env), say, ...(onStart && { onStart }) };
    const { code, output } = await runQuietly(node, command, options);
    if (code === 0) return;
    writeFileSync(log, output);
    throw explainNpmFailure(output, { root, log });
  } finally {
    rmSync(configuration.file, { force: true });
  }
}

/** @param {NodeJS.ProcessEnv} env */
function userConfig(env) {
  return npmVariable(env, 'userconfig') ?? join(env.HOME ?? homedir(), '.npmrc');
}

/**
 * Asks npm itself, on the user's own Node, since this depends on where both were installed. An npm that runs us has said
 * it already.
 * @param {string} npm
 * @param {import('./context.mjs').Context} context
 * @param {string} cwd
 */
async function globalConfig(npm, { root, env, say }, cwd) {
  const given = npmVariable(env, 'globalconfig');
  if (given !== undefined) return given;
  const question = [npm, 'config', 'get', 'globalconfig', '--loglevel=error', `--userconfig=${nothing(root)}`];
  const options = { cwd, env: reachingEnvironment(env), say };
  const { output } = await runQuietly(process.execPath, [...question, ...cacheArguments(root, env)], options);
  return output.trim();
}

/**
 * Writes the configuration for one install, readable by this user alone since it may hold a token.
 * @param {string} root
 * @param {readonly string[]} sources The user's own files; what the last one says counts
 */
function writeConfiguration(root, sources) {
  const file = join(root, '.runtime/npmrc');
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  const lines = sources.map((path) => (existsSync(path) ? reachingLines(readFileSync(path, 'utf8')) : ''));
  writeFileSync(file, lines.join(''), { mode: 0o600 });
  return { file, arguments: [`--userconfig=${file}`, `--globalconfig=${nothing(root)}`] };
}

/**
 * A file that is never there: no configuration.
 * @param {string} root
 */
function nothing(root) {
  return join(root, '.runtime/no-npmrc');
}

/**
 * A setting of npm in the environment, however its name is spelt there.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} setting
 */
function npmVariable(env, setting) {
  const name = Object.keys(env).find((key) => key.toLowerCase() === `npm_config_${setting}`);
  return name === undefined ? undefined : env[name];
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
 * @param {string} output
 * @param {{ root: string, log: string }} places The checkout, and the file that has all of the output
 * @returns {LauncherFailure}
 */
export function explainNpmFailure(output, { root, log }) {
  const code = /npm (?:error|ERR!) code (\S+)/.exec(output)?.[1] ?? '';
  const path = /npm (?:error|ERR!) path (.+)/.exec(output)?.[1];
  if (UNREACHABLE.test(code)) {
    return new LauncherFailure(
      `The npm registry cannot be reached (${code}): check the connection, or the registry that \`npm config get registry\` names, and run this again.`,
    );
  }
  if (UNTRUSTED.test(code)) {
    return new LauncherFailure(
      `The certificate of the npm registry, or of the proxy before it, is not trusted (${code}): name the one that signed it with \`npm config set cafile <file>\`, and run this again.`,
    );
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return notWritable(path ?? 'the checkout');
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(path ?? root);
  const reason = output
    .split('\n')
    .map((line) => line.replace(/^npm (?:error|ERR!) ?/, '').trim())
    .find((line) => line !== '' && !line.startsWith('code '));
  return new LauncherFailure(
    `The dependencies could not be installed${reason === undefined ? '.' : `: ${reason}`} All that npm said is in ${log}.`,
  );
}

/**
 * npm needs a writable cache; users without a home directory get one in the checkout.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 */
function cacheArguments(root, env) {
  const cache = npmVariable(env, 'cache') ?? join(env.HOME ?? homedir(), '.npm');
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
