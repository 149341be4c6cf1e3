import { execFile } from 'node:child_process';
import { chmod, mkdir, open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

const SIZE = '24m';
const CHUNK_BYTES = 1_048_576;
const LEAST_CHUNK_BYTES = 512;
const ATTEMPTS = 50;

/** Where a stack keeps its files: a small file system of its own if this user may mount one, else a plain folder. */
export interface Disk {
  folder: string;
  /** Fills it to the last byte, until it is emptied. Undefined on a disk that is shared with others. */
  fill: (() => Promise<void>) | undefined;
  empty(): Promise<void>;
  /** Makes it read-only, until it is unlocked. Undefined if nothing keeps this user from writing. */
  lock: (() => Promise<void>) | undefined;
  unlock(): Promise<void>;
  /** @param keptIn where to copy its content, if it is to be kept */
  close(keptIn?: string): Promise<void>;
}

export async function openDisk(folder: string): Promise<Disk> {
  await mkdir(folder);
  const isMounted = await succeeds('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder]);
  return isMounted ? ownDisk(folder) : sharedDisk(folder);
}

function ownDisk(folder: string): Disk {
  const ballast = path.join(folder, 'ballast');
  const remount = (how: string) => succeeds('mount', ['-o', `remount,${how}`, folder]);
  return {
    folder,
    fill: () => writeUntilFull(ballast),
    empty: () => rm(ballast, { force: true }),
    async lock() {
      // Remounting fails while a file is open for writing, which none is for long.
      for (let attempt = 0; attempt < ATTEMPTS && !(await remount('ro')); attempt += 1) await sleep(20);
    },
    unlock: async () => void (await remount('rw')),
    async close(keptIn) {
      if (keptIn !== undefined) await run('cp', ['-a', folder, keptIn]);
      for (let attempt = 0; attempt < ATTEMPTS && !(await succeeds('umount', [folder])); attempt += 1) await sleep(100);
    },
  };
}

function sharedDisk(folder: string): Disk {
  return {
    folder,
    fill: undefined,
    empty: async () => undefined,
    // Permissions do not apply to root.
    lock: process.getuid?.() === 0 ? undefined : () => chmodFolders(folder, 0o555),
    unlock: () => chmodFolders(folder, 0o755),
    close: async () => undefined,
  };
}

async function writeUntilFull(file: string): Promise<void> {
  await using handle = await open(file, 'w');
  for (let bytes = CHUNK_BYTES; bytes >= LEAST_CHUNK_BYTES; ) {
    const { bytesWritten } = await handle.write(Buffer.alloc(bytes)).catch(() => ({ bytesWritten: 0 }));
    if (bytesWritten < bytes) bytes /= 2;
  }
}

async function chmodFolders(folder: string, mode: number): Promise<void> {
  await chmod(folder, mode);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    // A folder that disappears meanwhile needs no lock.
    if (entry.isDirectory()) await chmodFolders(path.join(folder, entry.name), mode).catch(() => undefined);
  }
}

async function succeeds(program: string, args: readonly string[]): Promise<boolean> {
  return run(program, args).then(
    () => true,
    () => false,
  );
}
