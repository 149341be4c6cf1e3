import { randomBytes } from 'node:crypto';
import { chown, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StoryTreeError } from '@story-tree/domain';
import { program } from './binaries.ts';
import { type Cluster, clusterFiles } from './cluster.ts';
import { exists } from './sharedBinaries.ts';
import { runAs } from './systemUser.ts';

/** The one role of an embedded cluster, named as on Supabase. */
export const SUPERUSER = 'postgres';
const UNFINISHED = 'data.unfinished-';

/**
 * Makes the data directory unless it is there. The caller holds the cluster's lock.
 *
 * It is made under another name and renamed once complete: whatever kills this leaves a directory that nobody uses.
 *
 * @throws StoryTreeError `database_unavailable` when initdb fails.
 */
export async function initialiseOnce(cluster: Cluster, log: (message: string) => void): Promise<void> {
  const files = clusterFiles(cluster);
  if (await exists(files.data)) return;
  log('Making the embedded PostgreSQL database (once)');
  await removeUnfinished(cluster.directory);
  await keepPassword(cluster);
  const unfinished = `${UNFINISHED}${randomBytes(4).toString('hex')}`;
  await makeFor(cluster, path.join(cluster.directory, unfinished));
  // Relative names keep whatever the path of the home contains away from the shell that initdb uses.
  const { code, output } = await runAs(
    cluster.user,
    program(cluster.binaries, 'initdb'),
    [
      ...['-D', unfinished, '-U', SUPERUSER, '-A', 'scram-sha-256', '--pwfile=password', '--no-instructions'],
      // Built in, and therefore the same on every machine.
      ...['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
    ],
    cluster.directory,
  );
  if (code !== 0) {
    throw new StoryTreeError(
      'database_unavailable',
      `The embedded PostgreSQL could not be made in ${cluster.directory} (${reasonIn(output)}): see to that, then try again.`,
      { cause: output },
    );
  }
  await rename(path.join(cluster.directory, unfinished), files.data);
  await syncDirectory(cluster.directory);
}

function reasonIn(output: string): string {
  const errors = output.split('\n').filter((line) => /\b(error|FATAL|PANIC):/.test(line));
  return errors[0]?.trim() ?? 'initdb was interrupted';
}

/** The superuser's password, as {@link initialiseOnce} generated it. */
export async function readPassword(cluster: Pick<Cluster, 'directory'>): Promise<string> {
  const file = clusterFiles(cluster).password;
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    throw new StoryTreeError('database_unavailable', `The database's password cannot be read from ${file}.`, { cause });
  }
}

/** A new password each time; one that a cut-short attempt left belongs to no database. */
async function keepPassword(cluster: Cluster): Promise<void> {
  const file = clusterFiles(cluster).password;
  await rm(file, { force: true });
  await writeFile(file, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600, flush: true });
  if (cluster.user !== undefined) await chown(file, cluster.user.uid, cluster.user.gid);
}

async function makeFor(cluster: Cluster, directory: string): Promise<void> {
  await mkdir(directory, { mode: 0o700 });
  if (cluster.user !== undefined) await chown(directory, cluster.user.uid, cluster.user.gid);
}

/** What an orphaned initdb is still writing may survive this; it does no harm and goes at the next attempt. */
async function removeUnfinished(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (name.startsWith(UNFINISHED)) {
      await rm(path.join(directory, name), { recursive: true, force: true }).catch(() => undefined);
    }
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  await handle.sync().finally(() => handle.close());
}
