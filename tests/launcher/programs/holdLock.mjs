// Holds the lock in a folder until it is killed; with `share`, a child that outlives it holds the lock too.
import { spawn } from 'node:child_process';
import { withLock } from '../../../launcher/lock.mjs';

const [folder = '', mode] = process.argv.slice(2);
await withLock(
  folder,
  async (lock) => {
    const survivor = mode === 'share' ? spawn('sleep', ['600'], { stdio: 'ignore', detached: true }) : undefined;
    if (survivor?.pid !== undefined) lock.shareWith(survivor.pid);
    console.log(survivor?.pid ?? 'held');
    await new Promise((resolve) => setTimeout(resolve, 600_000));
  },
  () => {},
);
