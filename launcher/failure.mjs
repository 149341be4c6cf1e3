import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';

/** What an install and a build take at most, with what they replace still there. */
const NEEDED = '2.5 GB';

/** The exit code of whatever was told to stop. */
export const INTERRUPTED = 130;

/** What went wrong, in one sentence that says what to do about it, with an exit code for scripts. */
export class LauncherFailure extends Error {
  /**
   * @param {string} message
   * @param {number} [exitCode] 1 failed, 2 usage error, 130 interrupted
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.name = 'LauncherFailure';
    this.exitCode = exitCode;
  }
}

/**
 * Turns anything thrown into a failure with a message that users understand.
 * @param {unknown} thrown
 * @returns {LauncherFailure}
 */
export function asFailure(thrown) {
  if (thrown instanceof LauncherFailure) return thrown;
  if (!(thrown instanceof Error)) return new LauncherFailure(String(thrown));
  const { code, path } = /** @type {NodeJS.ErrnoException} */ (thrown);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return notWritable(path ?? 'the checkout');
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(path ?? '.');
  return new LauncherFailure(`The launcher stopped unexpectedly: ${thrown.message}`);
}

/**
 * The failure for a path that this user may not write to.
 * @param {string} path
 * @returns {LauncherFailure}
 */
export function notWritable(path) {
  return new LauncherFailure(
    `This user cannot write to ${path}: run the command as the owner of the checkout, or clone it into a folder of your own.`,
  );
}

/**
 * The failure for a disk, or a user's share of it, without room left.
 * @param {string} path Where the room was needed
 * @returns {LauncherFailure}
 */
export function diskFull(path) {
  const free = freeMegabytes(path);
  const left = free === undefined ? '' : ` (${free} MB are free)`;
  return new LauncherFailure(`The disk of ${path} is full${left}: free about ${NEEDED} there and run this again.`);
}

/**
 * Looks whether there was room for everything: npm reports success when it could not write an optional package.
 * @param {string} path
 * @throws {LauncherFailure} When nothing is left
 */
export function requireRoom(path) {
  if (freeMegabytes(path) === 0) throw diskFull(path);
}

/**
 * @param {string} path Need not exist any more
 * @returns {number | undefined} Undefined if the system does not say
 */
function freeMegabytes(path) {
  if (!existsSync(path) && path !== dirname(path)) return freeMegabytes(dirname(path));
  try {
    const { bavail, bsize } = statfsSync(path);
    return Math.floor((bavail * bsize) / 1e6);
  } catch {
    return undefined;
  }
}
