import type { Stats } from 'node:fs';
import { constants, type FileHandle, lstat, open, readlink, realpath } from 'node:fs/promises';
import process from 'node:process';
import { codeOf } from '@story-tree/domain';

/**
 * The one rule for story files: no symbolic link below the folder of all stories is ever followed. That folder itself, and
 * those above it, may be links; they are the operator's.
 */

/** Refuses a link anywhere in the path, where the system can: macOS does (`O_NOFOLLOW_ANY` in its open(2)). */
const NO_LINK_AT_ALL = process.platform === 'darwin' ? 0x2000_0000 : 0;

/** Never blocks on a named pipe, and follows no link in the last part of the path. Windows knows neither. */
const READING = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0) | NO_LINK_AT_ALL;

/** Error codes that mean that there is no such file, in whatever way it is missing. */
const MISSING = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'EISDIR', 'EINVAL', 'ENXIO']);

/** An open file, with its facts when it was opened. */
export interface OpenFile {
  handle: FileHandle;
  stats: Stats;
}

/**
 * Opens a regular file for reading, by the rule above.
 * @param place its absolute path, without links
 * @returns null if there is no such file
 */
export async function openWithoutLinks(place: string): Promise<OpenFile | null> {
  const handle = await unlessMissing(open(place, READING));
  if (handle === null) return null;
  try {
    const stats = await handle.stat();
    if (stats.isFile() && (await isAt(handle, place))) return { handle, stats };
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return null;
}

/**
 * The facts of a regular file, or null if there is none. Tells only what exists; to read the content, open the file.
 * @param place as for {@link openWithoutLinks}
 */
export async function statWithoutLinks(place: string): Promise<Stats | null> {
  if ((await unlessMissing(realpath(place))) !== place) return null;
  const stats = await unlessMissing(lstat(place));
  return stats?.isFile() ? stats : null;
}

/** What a promise resolves to, or null if it fails because the file is missing. */
export async function unlessMissing<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    if (MISSING.has(codeOf(error) ?? '')) return null;
    throw error;
  }
}

/**
 * Whether an open file is where it was looked for. Linux tells where an open file is, so that no link that comes or goes
 * meanwhile can deceive us; a file that has been replaced since was there all the same.
 */
async function isAt(handle: FileHandle, place: string): Promise<boolean> {
  if (process.platform !== 'linux') return (await unlessMissing(realpath(place))) === place;
  const found = await readlink(descriptorPath(handle));
  return found === place || found === `${place} (deleted)`;
}

/** A path to the open file itself, whatever has its name by now. */
export function descriptorPath(handle: FileHandle): string {
  return `/proc/self/fd/${handle.fd}`;
}

/**
 * Works in a folder by a path that leads to it even if a link takes its place meanwhile, where the system allows that.
 * @param place as for {@link openWithoutLinks}
 * @returns null if there is no such folder
 */
export async function inFolderWithoutLinks<T>(place: string, work: (address: string) => Promise<T>): Promise<T | null> {
  if (process.platform !== 'linux') return (await unlessMissing(realpath(place))) === place ? await work(place) : null;
  await using handle = await unlessMissing(open(place, READING | constants.O_DIRECTORY));
  return handle !== null && (await isAt(handle, place)) ? await work(descriptorPath(handle)) : null;
}
