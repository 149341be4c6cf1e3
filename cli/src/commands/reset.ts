import { cp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { codeOf, StoryTreeError } from '@story-tree/domain';
import { type Environment, places } from '@story-tree/runtime';
import { clusterDirectory, putAsideCluster } from '@story-tree/supabase';
import { type Confirmation, confirm } from '../confirm.ts';
import type { CommandOutcome } from '../output.ts';

/**
 * Removes the embedded database and the files of its stories, after a backup of both. A database of one's own is never
 * touched.
 */
export async function reset(environment: Environment, confirmation: Confirmation): Promise<CommandOutcome> {
  if (environment.DATABASE_URL !== undefined) {
    throw new StoryTreeError(
      'usage',
      'reset removes the embedded database only, and DATABASE_URL names another: unset it first.',
    );
  }
  const { home, assets } = places(environment);
  const directory = await clusterDirectory({ home });
  const generated = path.join(assets, 'generated');
  await confirm(`Remove the database in ${directory} and all stories' files? A backup is made first.`, confirmation);

  const stamp = new Date().toISOString().replace(/[:.]/g, '-');
  const backup = path.join(`${home}-backups`, stamp);
  await putAsideCluster({ home }, path.join(backup, 'database'));
  await moveInto(path.join(backup, 'generated'), generated);
  return {
    result: { backupPath: backup },
    lines: ['Story Tree is back to its first start.', `Backup: ${backup}`],
  };
}

/** In one step where it can; between two disks it copies before it removes, so that nothing is lost in between. */
async function moveInto(target: string, folder: string): Promise<void> {
  try {
    await rename(folder, target);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    if (codeOf(error) !== 'EXDEV') throw notMoved(folder, error);
    await cp(folder, target, { recursive: true, preserveTimestamps: true });
    await rm(folder, { recursive: true, force: true });
  }
}

function notMoved(folder: string, cause: unknown): StoryTreeError {
  return new StoryTreeError('file_error', `${folder} cannot be moved: check who owns it, then run reset again.`, {
    cause,
  });
}
