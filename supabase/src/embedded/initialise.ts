import { randomBytes } from 'node:crypto';
import { chown, type FileHandle, mkdir, open, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StoryTreeError } from '@story-tree/domain/errors';
import { type Binaries, program } from './binaries.ts';
import { type Cluster, clusterFiles } from './cluster.ts';
import { exists, readSmallFile, syncFolder } from './files.ts';
import { RESET } from './startFailure.ts';
import { runAs } from './systemUser.ts';

/** The one role of an embedded cluster, named as on Supabase. */
export const SUPERUSER = 'postgres';
const UNFINISHED = 'data.unfinished-';

/**
 * Makes the data directory unless it is there. The caller holds the cluster's lock.
 *
 * It is made under another name and renamed once complete: if this is killed, it leaves a directory that nobody uses.
 *
 * @throws StoryTreeError `database_unavailable` when initdb fails.
 */
export async function initialiseOnce(
  cluster: Cluster,
  binaries: Binaries,
  log: (message: string) => void,
): Promise<void> {
  const files = clusterFiles(cluster);
  if (await exists(files.data)) return;
  log('Creating the embedded PostgreSQL database (only needed once)');
  await removeUnfinished(cluster);
  const password = await keepPassword(cluster);
  const unfinished = `${UNFINISHED}${randomBytes(4).toString('hex')}`;
  await makeFor(cluster, path.join(cluster.directory, unfinished));
  const handed = await handOver(cluster, password);
  // Relative names keep whatever the path of the home contains away from the shell that initdb uses.
  const { code, output } = await runAs(
    cluster.user,
    program(binaries, 'initdb'),
    [
      ...['-D', unfinished, '-U', SUPERUSER, '-A', 'scram-sha-256', '--pwfile=/dev/fd/3', '--no-instructions'],
      // Built in, and therefore the same on every machine.
      ...['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
    ],
    { cwd: cluster.directory, inherit: handed.fd },
  ).finally(() => handed.close());
  if (code !== 0) {
    throw new StoryTreeError(
      'database_unavailable',
      `The embedded PostgreSQL could not be created in ${cluster.directory} (${reasonIn(output)}): fix that, then try again.`,
      { cause: output },
    );
  }
  await rename(path.join(cluster.directory, unfinished), files.data);
  await syncFolder(cluster.directory);
}

function reasonIn(output: string): string {
  const errors = output.split('\n').filter((line) => /\b(error|FATAL|PANIC):/.test(line));
  return errors[0]?.trim() ?? 'initdb was interrupted';
}

/** The superuser's password, as {@link initialiseOnce} generated it. */
export async function readPassword(cluster: Pick<Cluster, 'directory'>): Promise<string> {
  const file = clusterFiles(cluster).password;
  const read = await readSmallFile(file).catch((cause: unknown) => ({ cause }));
  if (read !== undefined && 'text' in read) return read.text.trim();
  throw new StoryTreeError(
    'database_unavailable',
    `The database's password cannot be read from ${file}: put the original file back, or ${RESET}.`,
    {
      cause: read?.cause,
    },
  );
}

/** A new password each time; one that a cut-short attempt left belongs to no database. */
async function keepPassword(cluster: Cluster): Promise<string> {
  const file = clusterFiles(cluster).password;
  const password = `${randomBytes(24).toString('base64url')}\n`;
  await rm(file, { force: true });
  await writeFile(file, password, { mode: 0o600, flag: 'wx', flush: true });
  return password;
}

/** The password as an open file that has no name any more: initdb, as the database's user, may not open ours. */
async function handOver(cluster: Cluster, password: string): Promise<FileHandle> {
  // Always the same name, so that an attempt removes what one that was killed left behind.
  const file = `${clusterFiles(cluster).password}.handed-over`;
  await rm(file, { force: true });
  try {
    await writeFile(file, password, { mode: 0o600, flag: 'wx' });
    if (cluster.user !== undefined) await chown(file, cluster.user.uid, cluster.user.gid);
    return await open(file, 'r');
  } finally {
    await rm(file, { force: true });
  }
}

async function makeFor(cluster: Cluster, directory: string): Promise<void> {
  await mkdir(directory, { mode: 0o700 });
  if (cluster.user !== undefined) await chown(directory, cluster.user.uid, cluster.user.gid);
}

/**
 * Emptied by the database's user, who may still be writing there: whoever else went through its folders could be led
 * elsewhere. What an orphaned initdb writes after that is removed by the next attempt.
 */
async function removeUnfinished({ directory, user }: Cluster): Promise<void> {
  for (const name of await readdir(directory)) {
    if (!name.startsWith(UNFINISHED)) continue;
    await runAs(user, 'rm', ['-rf', '--', name], { cwd: directory });
    await rmdir(path.join(directory, name)).catch(() => undefined);
  }
}
