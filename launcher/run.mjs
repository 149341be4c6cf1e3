import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { INTERRUPTED, LauncherFailure } from './failure.mjs';
import { relaySignals } from './signals.mjs';
import { HAS_GROUP, stopGroupOnSignal } from './stopGroup.mjs';

/** How much of a program's output is kept to explain its failure, in characters. */
const KEPT_OUTPUT = 64 * 1024;

/**
 * @typedef {object} RunOptions
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} env
 */

/**
 * @typedef {object} QuietOptions
 * @property {import('./say.mjs').Say} say
 * @property {(pid: number) => void} [onStart]
 * @property {number} [graceMs] How long it may take to stop, in milliseconds
 */

/**
 * Runs a program with the launcher's own stdin, stdout and stderr, passing on signals.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} options
 * @returns {Promise<number>} Its exit code; 128 plus the signal's number if a signal ended it
 * @throws {LauncherFailure} When it cannot be started
 */
export async function run(program, args, { cwd, env }) {
  const relay = relaySignals({ byNpm: isFromNpm(env) });
  try {
    const child = spawn(program, args, { cwd, env, stdio: 'inherit' });
    relay.to(child);
    return await exitCodeOf(child, program);
  } finally {
    relay.end();
  }
}

/**
 * Runs a program silently and returns its exit code and the end of its output (stdout and stderr together). Told to stop,
 * the launcher says so at once, and the program ends within seconds, if need be by force.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions & QuietOptions} options
 * @returns {Promise<{ code: number, output: string }>}
 * @throws {LauncherFailure} When it cannot be started, or is interrupted
 */
export async function runQuietly(program, args, { cwd, env, say, onStart, graceMs }) {
  const stopping = stopGroupOnSignal({
    byNpm: isFromNpm(env),
    onStop: () => say.line('Stopping…'),
    ...(graceMs !== undefined && { graceMs }),
  });
  try {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: HAS_GROUP });
    stopping.of(child);
    if (child.pid !== undefined) onStart?.(child.pid);
    let output = '';
    const keep = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString()).slice(-KEPT_OUTPUT);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const code = await exitCodeOf(child, program);
    if (stopping.wasStopped())
      throw new LauncherFailure('Interrupted; run this again to continue from here.', INTERRUPTED);
    return { code, output };
  } finally {
    stopping.end();
  }
}

/** @param {NodeJS.ProcessEnv} env */
function isFromNpm(env) {
  return env.npm_lifecycle_event !== undefined;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} program
 * @returns {Promise<number>}
 */
function exitCodeOf(child, program) {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new LauncherFailure(`${program} could not be started: ${error.message}.`)));
    child.once('close', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}
