import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { LauncherFailure } from './failure.mjs';
import { relaySignals } from './signals.mjs';

/** How much of a program's output is kept to explain its failure, in characters. */
const KEPT_OUTPUT = 64 * 1024;

/**
 * @typedef {object} RunOptions
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} env
 * @property {(pid: number) => void} [onStart]
 */

/**
 * Runs a program with the launcher's own stdin, stdout and stderr, passing on signals.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} options
 * @returns {Promise<number>} Its exit code; 128 plus the signal's number if a signal ended it
 * @throws {LauncherFailure} When it cannot be started
 */
export async function run(program, args, options) {
  const { ended } = start(program, args, options, 'inherit');
  const { code } = await ended;
  return code;
}

/**
 * Runs a program silently and returns its exit code and the end of its output (stdout and stderr together).
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} options
 * @returns {Promise<{ code: number, output: string }>}
 * @throws {LauncherFailure} When it cannot be started, or is interrupted
 */
export async function runQuietly(program, args, options) {
  const { child, ended } = start(program, args, options, ['ignore', 'pipe', 'pipe']);
  let output = '';
  const keep = (/** @type {Buffer} */ chunk) => {
    output = (output + chunk.toString()).slice(-KEPT_OUTPUT);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const { code, wasStopped } = await ended;
  if (wasStopped) throw new LauncherFailure('Interrupted; run this again to continue from here.', 130);
  return { code, output };
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} options
 * @param {import('node:child_process').StdioOptions} stdio
 */
function start(program, args, { cwd, env, onStart }, stdio) {
  const relay = relaySignals({ byNpm: env.npm_lifecycle_event !== undefined });
  const child = spawn(program, args, { cwd, env, stdio });
  relay.to(child);
  if (child.pid !== undefined) onStart?.(child.pid);
  /** @type {Promise<{ code: number, wasStopped: boolean }>} */
  const ended = new Promise((resolve, reject) => {
    child.once('error', (error) => {
      relay.end();
      reject(new LauncherFailure(`${program} could not be started: ${error.message}.`));
    });
    child.once('close', (code, signal) => {
      relay.end();
      const signalNumber = signal === null ? 0 : constants.signals[signal];
      resolve({ code: code ?? 128 + signalNumber, wasStopped: relay.wasStopped() });
    });
  });
  return { child, ended };
}
