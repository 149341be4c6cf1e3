import { join } from 'node:path';
import { withLock } from './lock.mjs';

/**
 * Runs work that changes what is installed in the checkout, one launcher at a time.
 * @template T
 * @param {import('./context.mjs').Context} context
 * @param {(lock: import('./lock.mjs').Lock) => Promise<T>} work
 * @returns {Promise<T>}
 */
export function withSetupLock({ root, say }, work) {
  return withLock(join(root, '.runtime/lock'), work, () =>
    say.line('Another Story Tree command is setting up this checkout: waiting for it…'),
  );
}
