import { lstat, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { codeOf, StoryTreeError } from '@story-tree/domain';
import { makeFolder } from './durableFiles.ts';
import { fileReason, isFull } from './fileFailures.ts';

export interface WantedFolder {
  /** For people, as in "The folder for bundles". */
  what: string;
  /** Its absolute path. */
  folder: string;
  /** How people choose another one, as in "set STORY_TREE_OUTPUT to another folder". */
  wayOut: string;
}

/**
 * Makes sure that files can be written to a folder, before work begins that would be lost otherwise: creates the folder where
 * it is missing, writes a file to it and removes that again.
 * @throws StoryTreeError `file_error` saying why not
 */
export async function requireWritableFolder({ what, folder, wayOut }: WantedFolder): Promise<void> {
  try {
    await makeFolder(folder);
    await writeProbe(folder);
  } catch (cause) {
    const reason = (await isDanglingLink(cause)) ? 'a link there leads to nothing' : fileReason(cause);
    const room = isFull(cause) ? 'make room or ' : '';
    throw new StoryTreeError('file_error', `${what}, ${folder}, cannot be written to: ${reason}; ${room}${wayOut}.`, {
      cause,
    });
  }
}

/** Always the same, so that a probe removes what one that was killed left behind. */
const PROBE = '.story-tree-probe.tmp';

/** Permissions alone do not tell: the file system may be read-only or full. */
async function writeProbe(folder: string): Promise<void> {
  const file = path.join(folder, PROBE);
  await rm(file, { force: true });
  try {
    // Never through a link that somebody else put there.
    await using handle = await open(file, 'wx');
    await handle.writeFile('probe');
  } catch (error) {
    // Another process is probing right now, and its outcome is as good as ours.
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(file, { force: true });
  }
}

/** Whether no folder could be created because its name is that of a link whose target is missing. */
async function isDanglingLink(failure: unknown): Promise<boolean> {
  const { code, path: place } = failure as NodeJS.ErrnoException;
  if (code !== 'EEXIST' || place === undefined) return false;
  const stats = await lstat(place).catch(() => null);
  return stats?.isSymbolicLink() === true;
}
