import { chmod, cp, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Binaries } from './binaries.ts';
import { withFileLock } from './fileLock.ts';
import { exists } from './files.ts';

const COPY_WAIT_MS = 120_000;

/**
 * A copy of the binaries that every user may run, made once per version under `directory`.
 *
 * A copy that was cut short is never used: it is made under another name and renamed when complete.
 */
export async function shareBinaries(packaged: Binaries, directory: string): Promise<Binaries> {
  const shared = { ...packaged, directory: path.join(directory, `postgresql-${packaged.version}`) };
  return withFileLock(path.join(directory, 'copy.lock'), COPY_WAIT_MS, async () => {
    if (await exists(shared.directory)) return shared;
    const unfinished = `${shared.directory}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    await cp(packaged.directory, unfinished, { recursive: true, verbatimSymlinks: true });
    await openToAll(unfinished);
    await rename(unfinished, shared.directory);
    return shared;
  });
}

/** Makes a directory that everybody may enter, whatever the umask. */
export async function makePublicDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await chmod(directory, 0o755);
}

/** An installation under a strict umask is readable by its owner alone, and so would be a copy of it. */
async function openToAll(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const file = path.join(directory, entry.name);
    if (entry.isDirectory()) await openToAll(file);
    else if (entry.isFile()) await chmod(file, ((await stat(file)).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}
