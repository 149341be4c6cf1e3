import type { Stats } from 'node:fs';
import { constants, type FileHandle, lstat, open, readlink, realpath } from 'node:fs/promises';
import process from 'node:process';

/**
 * The one rule for files of stories: no symbolic link below the folder of all stories is followed, whoever asks and for
 * whatever. That folder itself, and what is above it, may be links; they are the operator's.
 */

/** Refuses a link anywhere on the way, where the system knows that: macOS does (`O_NOFOLLOW_ANY` in its open(2)). */
const NO_LINK_AT_ALL = process.platform === 'darwin' ? 0x2000_0000 : 0;

/** Never waits, as a named pipe would have it; and follows no link in the last part of the path. Windows knows neither. */
const READING = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0) | NO_LINK_AT_ALL;

/** What errors call a file that is not there, whatever way it is missing. */
const MISSING = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'EISDIR', 'EINVAL', 'ENXIO']);

/** An open file, with what was known of it when it was opened. */
export interface OpenFile {
  handle: FileHandle;
  stats: Stats;
}

/**
 * Opens a regular file for reading, on the terms of the rule above.
 * @param place where it has to lie: absolute, and itself without links
 * @returns null when there is none
 */
export async function openWithoutLinks(place: string): Promise<OpenFile | null> {
  const handle = await unlessMissing(open(place, READING));
  if (handle === null) return null;
  try {
    const stats = await handle.stat();
    if (stats.isFile() && (await liesAt(handle, place))) return { handle, stats };
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return null;
}

/**
 * The facts of a regular file, null when there is none. For deciding what there is; who wants the content opens it.
 * @param place as for {@link openWithoutLinks}
 */
export async function statWithoutLinks(place: string): Promise<Stats | null> {
  if ((await unlessMissing(realpath(place))) !== place) return null;
  const stats = await unlessMissing(lstat(place));
  return stats?.isFile() ? stats : null;
}

/** What a promise gives, null when it fails for want of the file. */
export async function unlessMissing<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof Error && 'code' in error && MISSING.has(String(error.code))) return null;
    throw error;
  }
}

/**
 * Whether what was opened lies where it was looked for. Linux tells where an open file lies, so that no link that comes
 * or goes meanwhile deceives us; a file that has been replaced since lay there all the same.
 */
async function liesAt(handle: FileHandle, place: string): Promise<boolean> {
  if (process.platform !== 'linux') return (await unlessMissing(realpath(place))) === place;
  const found = await readlink(descriptorPath(handle));
  return found === place || found === `${place} (deleted)`;
}

/** A path that leads to the open file itself, whatever has its name by now. */
export function descriptorPath(handle: FileHandle): string {
  return `/proc/self/fd/${handle.fd}`;
}

/**
 * Does something in a folder by a path that leads to it, even should a link take its place meanwhile where the system
 * allows for that.
 * @param place as for {@link openWithoutLinks}
 * @returns null when there is no such folder
 */
export async function inFolderWithoutLinks<T>(place: string, work: (address: string) => Promise<T>): Promise<T | null> {
  if (process.platform !== 'linux') return (await unlessMissing(realpath(place))) === place ? await work(place) : null;
  await using handle = await unlessMissing(open(place, READING | constants.O_DIRECTORY));
  return handle !== null && (await liesAt(handle, place)) ? await work(descriptorPath(handle)) : null;
}
