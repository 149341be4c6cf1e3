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
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new LauncherFailure('The disk is full: free about 1.5 GB and run this again.');
  }
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
