import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ClusterHandle } from './server.ts';

/**
 * Starts a warden for a cluster: a process that outlives this one and stops the cluster once nobody uses it.
 *
 * Starting one too many does no harm: of several, one stays.
 */
export function spawnWarden(cluster: ClusterHandle): void {
  const script = fileURLToPath(new URL('wardenProcess.ts', import.meta.url));
  spawn(process.execPath, ['--no-warnings', script, cluster.directory, cluster.name], {
    cwd: '/',
    detached: true,
    stdio: 'ignore',
    // Nothing of ours, least of all keys, lives on in the environment of a process that stays.
    env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
  }).unref();
}
