import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * A process, distinguishable from a later one with the same pid.
 * @typedef {object} ProcessIdentity
 * @property {number} pid
 * @property {string} startedAt When it started, in whatever format the system reports; empty if it does not
 */

/**
 * Identifies a running process.
 * @param {number} pid
 * @returns {ProcessIdentity}
 */
export function identify(pid) {
  return { pid, startedAt: readState(pid)?.startedAt ?? '' };
}

/**
 * Whether that very process still runs. A zombie, which has ended and only waits to be reaped, does not.
 * @param {ProcessIdentity} process_
 * @returns {boolean}
 */
export function isRunning({ pid, startedAt }) {
  if (!exists(pid)) return false;
  const state = readState(pid);
  // It exists, but the system says nothing more about it: assume that it is the right one.
  if (state === undefined) return true;
  return !state.dead && (startedAt === '' || state.startedAt === startedAt);
}

/** @param {number} pid */
function exists(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * @param {number} pid
 * @returns {{ startedAt: string, dead: boolean } | undefined}
 */
function readState(pid) {
  if (process.platform === 'linux') return readProc(pid);
  if (process.platform === 'darwin') return askPs(pid);
  return undefined;
}

/** @param {number} pid */
function readProc(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in parentheses and may contain anything; state is the 3rd field, start time the 22nd.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { startedAt: fields[19] ?? '', dead: fields[0] === 'Z' || fields[0] === 'X' };
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function askPs(pid) {
  const { stdout } = spawnSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], { encoding: 'utf8' });
  const [state = '', ...startedAt] = (stdout ?? '').trim().split(/\s+/);
  if (startedAt.length === 0) return undefined;
  return { startedAt: startedAt.join(' '), dead: state.startsWith('Z') };
}
