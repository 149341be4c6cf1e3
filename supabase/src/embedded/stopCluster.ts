import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, StoryTreeError } from '@story-tree/domain/errors';
import { actAs } from './actAs.ts';
import { type Cluster, clusterFiles, locateCluster, placesOf, prepareFolder } from './cluster.ts';
import { APPEAR_WAIT_MS, type EmbeddedOptions, LOCK_WAIT_MS } from './ensureCluster.ts';
import { withFileLock } from './fileLock.ts';
import { describePlace, findUnclaimed, removeRecord } from './places.ts';
import { endOrphans, findServer, runsElsewhere, stopServer } from './server.ts';
import { isServerLocked } from './serverLock.ts';
import { runAs } from './systemUser.ts';

const POLL_MS = 100;

type Home = Pick<EmbeddedOptions, 'home'>;

/**
 * Stops the cluster of a home, whoever is connected. Does nothing where none runs.
 *
 * @throws StoryTreeError `database_unavailable` where it runs in another container and cannot be stopped from here.
 */
export async function stopCluster({ home }: Home): Promise<void> {
  const cluster = await locateCluster(home);
  if (cluster.actor !== undefined) return void (await actAs(cluster.actor, { action: 'stop', home: cluster.home }));
  await prepareFolder(cluster);
  await withFileLock(clusterFiles(cluster).lock, LOCK_WAIT_MS, () => stop(cluster));
}

async function stop(cluster: Cluster): Promise<void> {
  const deadline = performance.now() + APPEAR_WAIT_MS;
  for (;;) {
    const server = await findServer(cluster);
    if (server !== undefined) await stopServer(cluster, server);
    await endOrphans(cluster);
    if (!(await isServerLocked(clusterFiles(cluster).serverLock))) return;
    // One that was ending by itself cannot be seen any more, and may still have its files open.
    if (performance.now() > deadline) throw runsElsewhere(cluster);
    await sleep(POLL_MS);
  }
}

/**
 * Stops the cluster of a home and moves all of it to `target`, whose parent is made where missing. The next start makes a
 * new one.
 *
 * @throws StoryTreeError as {@link stopCluster}, and `file_error` where it cannot be moved.
 */
export async function putAsideCluster({ home }: Home, target: string): Promise<void> {
  const cluster = await locateCluster(home);
  if (cluster.actor !== undefined) {
    return void (await actAs(cluster.actor, { action: 'putAside', home: cluster.home, target }));
  }
  await prepareFolder(cluster);
  await withFileLock(clusterFiles(cluster).lock, LOCK_WAIT_MS, async () => {
    await stop(cluster);
    await move(cluster, target);
    await removeRecord(cluster.home);
  });
}

/** In one step where it can; between two disks it copies before it removes, so that nothing is lost in between. */
async function move(cluster: Cluster, target: string): Promise<void> {
  const { directory, user } = cluster;
  try {
    await mkdir(path.dirname(target), { recursive: true });
    await rename(directory, target);
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw notMoved(directory, error);
    const { code, output } = await runAs(undefined, 'cp', ['-a', '--', directory, target]);
    if (code !== 0) throw notMoved(directory, output);
    // Only the database's user walks through what belongs to that user.
    await runAs(user, 'rm', ['-rf', '--', 'data'], { cwd: directory });
    await rm(directory, { recursive: true, force: true });
  }
}

function notMoved(directory: string, cause: unknown): StoryTreeError {
  return new StoryTreeError('file_error', `${directory} cannot be moved: check who owns it, then try again.`, {
    cause,
  });
}

/**
 * The folder that holds all of a home's cluster, or is going to.
 *
 * @throws StoryTreeError `database_unavailable` where there is data that cannot be used
 */
export async function clusterDirectory({ home }: Home): Promise<string> {
  return (await locateCluster(home)).directory;
}

/** Where databases are, each as a folder with the day of its last use. */
export interface DatabaseFolders {
  /** Those that could be this home's. More than one means that a person has to choose, or has chosen. */
  ofHome: string[];
  /** Those below `/var/lib/story-tree` whose home is gone or was never recorded. */
  unclaimed: string[];
}

/**
 * All folders with databases that a person who misses stories should know about.
 *
 * @throws StoryTreeError `database_unavailable` for a home that cannot be read
 */
export async function findDatabaseFolders({ home }: Home): Promise<DatabaseFolders> {
  const { holding } = await placesOf(home);
  const known = new Set(holding.map(({ directory }) => directory));
  const unclaimed = (await findUnclaimed()).filter((directory) => !known.has(directory));
  const describe = (directory: string) => describePlace({ directory });
  return {
    ofHome: await Promise.all([...known].map(describe)),
    unclaimed: await Promise.all(unclaimed.map(describe)),
  };
}
