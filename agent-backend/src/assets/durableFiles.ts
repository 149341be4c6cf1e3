import { mkdir, open, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { codeOf } from '@story-tree/domain';

/** What some file systems, mostly network ones, report because they cannot sync folders. */
const UNSYNCABLE = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP']);

/**
 * Brings the names in a folder to the disk: after a power cut, a file that was renamed into it still has that name. Windows
 * cannot open folders; there we rely on the rename itself.
 */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using handle = await open(folder, 'r');
  await handle.sync().catch((error: unknown) => {
    if (!UNSYNCABLE.has(codeOf(error) ?? '')) throw error;
  });
}

/** Renames a file or a folder durably: its new place survives a power cut. */
export async function renameDurably(from: string, to: string): Promise<void> {
  await rename(from, to);
  const [source, target] = [path.dirname(from), path.dirname(to)];
  await syncFolder(target);
  if (source !== target) await syncFolder(source);
}

/**
 * Makes a folder and its missing parents, each of them synced to the disk. Step by step: where no folder can be created, as
 * in `/proc`, Node's own `recursive` tries for ever.
 */
export async function makeFolder(folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  const parent = path.dirname(folder);
  if (parent !== folder) await makeFolder(parent);
  await mkdir(folder).catch(async (error: unknown) => {
    // Somebody else may have made it in the meantime.
    if (!(await isFolder(folder))) throw error;
  });
  await syncFolder(parent);
}

async function isFolder(folder: string): Promise<boolean> {
  try {
    return (await stat(folder)).isDirectory();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}
