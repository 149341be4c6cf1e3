import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ClusterHandle } from './processes.ts';

/**
 * Starts a warden for a cluster: a process that outlives this one and stops the cluster once nobody uses it.
 *
 * Starting one too many does no harm: of several, one stays.
 */
export function spawnWarden({ directory, name, user }: ClusterHandle): void {
  const script = fileURLToPath(new URL('wardenProcess.ts', import.meta.url));
  const ids = user === undefined ? [] : [String(user.uid), String(user.gid)];
  spawn(process.execPath, ['--no-warnings', script, directory, name, ...ids], {
    cwd: '/',
    detached: true,
    stdio: 'ignore',
    // Nothing of ours, least of all keys, lives on in the environment of a process that stays.
    env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
  }).unref();
}
