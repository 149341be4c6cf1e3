import { setTimeout as sleep } from 'node:timers/promises';
import { StoryTreeError } from '@story-tree/domain';
import { type Cluster, checkBinaries, clusterFiles, locateCluster } from './cluster.ts';
import { withFileLock } from './fileLock.ts';
import { initialiseOnce, readPassword } from './initialise.ts';
import { connectionStringFor, probe } from './probe.ts';
import { findServer, type Server, startServer, stopServer } from './server.ts';
import { spawnWarden } from './warden.ts';

const LOCK_WAIT_MS = 120_000;
const ANSWER_WAIT_MS = 90_000;
const POLL_MS = 100;
const START_ATTEMPTS = 5;

export interface EmbeddedOptions {
  /** The folder whose cluster it is (`STORY_TREE_HOME`); made where missing. */
  home: string;
  /** Hears, in sentences for people, of what takes long. Never of passwords. */
  log: (message: string) => void;
}

export interface RunningCluster {
  /** Holds the password: not for logs. */
  connectionString: string;
  port: number;
  /** Where all of the cluster is; inside the home, except for root where the home is closed to others. */
  directory: string;
  logFile: string;
}

/**
 * The cluster of a home, made and started where needed, shared with every other process that asks for it.
 *
 * It stops by itself when nobody has been connected for ten seconds, so connect soon and stay connected. Whatever an
 * earlier crash has left is mended on the way.
 *
 * @throws StoryTreeError `database_unavailable` or `not_configured`, with what to do about it.
 */
export async function ensureCluster({ home, log }: EmbeddedOptions): Promise<RunningCluster> {
  const cluster = await locateCluster(home);
  return withFileLock(clusterFiles(cluster).lock, LOCK_WAIT_MS, () => bringUp(cluster, log));
}

/** Stops the cluster of a home, whoever is connected. Does nothing where none runs. */
export async function stopCluster({ home }: Pick<EmbeddedOptions, 'home'>): Promise<void> {
  const cluster = await locateCluster(home);
  await withFileLock(clusterFiles(cluster).lock, LOCK_WAIT_MS, async () => {
    const server = await findServer(cluster);
    if (server !== undefined) await stopServer(cluster, server);
  });
}

async function bringUp(cluster: Cluster, log: (message: string) => void): Promise<RunningCluster> {
  const server = await findServer(cluster);
  const ready = server && (await whenReady(cluster, server));
  if (ready !== undefined) {
    if (!ready.watched) spawnWarden(cluster);
    return ready.running;
  }
  await checkBinaries(cluster);
  await initialiseOnce(cluster, log);
  // Ahead of the server: should this process be killed in between, somebody still stops the server.
  spawnWarden(cluster);
  for (let attempt = 1; attempt <= START_ATTEMPTS; attempt++) {
    const started = await start(cluster, attempt);
    const again = started && (await whenReady(cluster, started));
    if (again !== undefined) return again.running;
  }
  throw noAnswer(cluster);
}

/** One attempt; the pause after a failed one gives what is in the way, such as a server going down, time to end. */
async function start(cluster: Cluster, attempt: number): Promise<Server | undefined> {
  try {
    await startServer(cluster, { otherPort: attempt > 1 });
  } catch (error) {
    if (attempt === START_ATTEMPTS) throw error;
    await sleep(POLL_MS * 2 ** attempt);
  }
  return findServer(cluster);
}

/** Waits for a server to answer. @returns undefined when it ends instead, as one does that was going down. */
async function whenReady(cluster: Cluster, first: Server) {
  const deadline = performance.now() + ANSWER_WAIT_MS;
  const password = await readPassword(cluster);
  for (let server: Server | undefined = first; server !== undefined; server = await findServer(cluster)) {
    const connectionString = connectionStringFor(server.port, password);
    const answer = await probe(connectionString);
    if (answer.state === 'ready') {
      const place = { directory: cluster.directory, logFile: clusterFiles(cluster).log };
      return { running: { connectionString, port: server.port, ...place }, watched: answer.watched };
    }
    if (answer.state === 'refused') throw refusedPassword(cluster, answer.cause);
    if (performance.now() > deadline) throw noAnswer(cluster);
    await sleep(POLL_MS);
  }
  return undefined;
}

function refusedPassword(cluster: Cluster, cause: unknown): StoryTreeError {
  return new StoryTreeError(
    'database_unavailable',
    `The embedded PostgreSQL does not accept the password in ${clusterFiles(cluster).password}: put the original file back.`,
    { cause },
  );
}

function noAnswer(cluster: Cluster): StoryTreeError {
  return new StoryTreeError(
    'database_unavailable',
    `The embedded PostgreSQL does not answer. Its log is ${clusterFiles(cluster).log}.`,
  );
}

/** The folder that holds all of a home's cluster. */
export async function clusterDirectory({ home }: Pick<EmbeddedOptions, 'home'>): Promise<string> {
  return (await locateCluster(home)).directory;
}
