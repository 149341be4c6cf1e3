import { setTimeout as sleep } from 'node:timers/promises';
import { ERROR_CODES, StoryTreeError, toStoryTreeError } from '@story-tree/domain/errors';
import { actAs } from './actAs.ts';
import { type Binaries, usableBinaries } from './binaries.ts';
import { type Cluster, checkReach, clusterFiles, locateCluster, prepareFolder } from './cluster.ts';
import { type Answer, connectionStringFor, probe, rememberedPort } from './connection.ts';
import { tellingOfDisk } from './diskTrouble.ts';
import { withFileLock } from './fileLock.ts';
import { refuseSharedDrive } from './files.ts';
import { initialiseOnce, readPassword } from './initialise.ts';
import { spawnOwnProgram } from './ownProgram.ts';
import { keepRecord } from './places.ts';
import { endOrphans, findServer, latestLog, runsElsewhere, type Server, startServer } from './server.ts';
import { isServerLocked } from './serverLock.ts';
import { RESET, serviceFailure, startFailure } from './startFailure.ts';

/** How long to wait for others who start, stop or move the cluster. */
export const LOCK_WAIT_MS = 120_000;
const ANSWER_WAIT_MS = 90_000;
/** When to say what is waited for. */
const SLOW_MS = 10_000;
/** As long as a server that holds the lock unseen may take to show itself, or to be gone where it is ending. */
export const APPEAR_WAIT_MS = 5_000;
const POLL_MS = 100;
const START_ATTEMPTS = 5;

export interface EmbeddedOptions {
  /** The folder whose cluster it is (`STORY_TREE_HOME`); made where missing. */
  home: string;
  /** Told, in sentences for people, about what takes long. Never given a password. */
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

interface Ready {
  running: RunningCluster;
  watched: boolean;
}

/**
 * The cluster of a home, made and started where needed, shared with every other process that asks for it.
 *
 * It stops by itself when nobody has been connected for ten seconds, so connect soon and stay connected. Whatever an
 * earlier crash left behind is repaired on the way. Existing data is used or nothing is; see `places.ts`.
 *
 * @throws StoryTreeError `database_unavailable` or `not_configured`, with what to do about it.
 */
export async function ensureCluster({ home, log }: EmbeddedOptions): Promise<RunningCluster> {
  const cluster = await locateCluster(home);
  if (cluster.actor !== undefined) {
    return (await actAs(cluster.actor, { action: 'ensure', home: cluster.home }, log)) as RunningCluster;
  }
  await prepareFolder(cluster);
  const { lock } = clusterFiles(cluster);
  return withFileLock(
    lock,
    LOCK_WAIT_MS,
    () => sayingIfSlow(log, () => tellingOfDisk(cluster.directory, () => bringUp(cluster, log))),
    () => findWatched(cluster),
  );
}

async function sayingIfSlow<T>(log: EmbeddedOptions['log'], work: () => Promise<T>): Promise<T> {
  const timer = setTimeout(
    log,
    SLOW_MS,
    'The embedded PostgreSQL is slow to start: after a crash, it repairs its files first.',
  );
  return work().finally(() => clearTimeout(timer));
}

/** A server that answers and has its warden needs no lock, even if whoever holds that has stopped responding. */
async function findWatched(cluster: Cluster): Promise<RunningCluster | undefined> {
  const server = await findServer(cluster);
  if (server === undefined) return undefined;
  const { answer, running } = await ask(cluster, server.port);
  return answer.state === 'ready' && answer.watched ? running : undefined;
}

async function bringUp(cluster: Cluster, log: (message: string) => void): Promise<RunningCluster> {
  const ready = await whenRunning(cluster);
  if (ready !== undefined) {
    if (!ready.watched) spawnWarden(cluster);
    return ready.running;
  }
  await refuseSharedDrive(cluster.directory);
  await checkReach(cluster);
  const binaries = await usableBinaries(cluster.user);
  await initialiseOnce(cluster, binaries, log);
  await keepRecord(cluster.home, cluster.directory);
  // Nothing could ask a server, nor stop it for want of users, without it.
  await readPassword(cluster);
  // Before the server: if this process is killed in between, the warden still stops the server.
  spawnWarden(cluster);
  for (let attempt = 1; attempt <= START_ATTEMPTS; attempt++) {
    const started = await start(cluster, binaries, attempt);
    const again = started && (await whenReady(cluster, started));
    if (again !== undefined) return again.running;
  }
  throw await startFailure(cluster, await latestLog(cluster));
}

/** @returns undefined when no server runs: there is none to be seen, and none holds the lock. */
async function whenRunning(cluster: Cluster): Promise<Ready | undefined> {
  const deadline = performance.now() + APPEAR_WAIT_MS;
  for (;;) {
    const server = await findServer(cluster);
    const ready = server && (await whenReady(cluster, server));
    if (ready !== undefined) return ready;
    if (!(await isServerLocked(clusterFiles(cluster).serverLock))) return undefined;
    // It holds the lock and cannot be seen: it left orphans, is only just coming up or going, or is in another container.
    if (await endOrphans(cluster)) continue;
    const elsewhere = await askUnseen(cluster);
    if (elsewhere !== undefined) return elsewhere;
    if (performance.now() > deadline) throw runsElsewhere(cluster);
    await sleep(POLL_MS);
  }
}

/** Containers may share their network, and a server that has proved that it knows our password is ours. */
async function askUnseen(cluster: Cluster): Promise<Ready | undefined> {
  const port = await rememberedPort(clusterFiles(cluster).port);
  if (port === undefined) return undefined;
  const { answer, running } = await ask(cluster, port);
  return answer.state === 'ready' ? { running, watched: answer.watched } : undefined;
}

/** One attempt; the pause after a failed one gives what is in the way, such as a server going down, time to end. */
async function start(cluster: Cluster, binaries: Binaries, attempt: number): Promise<Server | undefined> {
  try {
    await startServer(cluster, binaries, { otherPort: attempt > 1 });
  } catch (error) {
    if (attempt === START_ATTEMPTS || !ERROR_CODES[toStoryTreeError(error).code].retry) throw error;
    await sleep(POLL_MS * 2 ** attempt);
  }
  return findServer(cluster);
}

/** Waits for a server to answer. @returns undefined when it ends instead, as one does that was going down. */
async function whenReady(cluster: Cluster, first: Server): Promise<Ready | undefined> {
  const startedAt = performance.now();
  for (let server: Server | undefined = first; server !== undefined; server = await findServer(cluster)) {
    const { answer, running } = await ask(cluster, server.port);
    if (answer.state === 'ready') return { running, watched: answer.watched };
    if (answer.state === 'refused') throw refusedPassword(cluster, answer.cause);
    if (answer.state === 'broken') throw await serviceFailure(cluster, answer.cause);
    const waited = performance.now() - startedAt;
    if (server.isInContainer && waited > APPEAR_WAIT_MS) throw runsElsewhere(cluster);
    if (waited > ANSWER_WAIT_MS) throw await startFailure(cluster, await latestLog(cluster));
    await sleep(POLL_MS);
  }
  return undefined;
}

async function ask(cluster: Cluster, port: number): Promise<{ answer: Answer; running: RunningCluster }> {
  const connectionString = connectionStringFor(port, await readPassword(cluster));
  const { directory } = cluster;
  const running = { connectionString, port, directory, logFile: clusterFiles(cluster).log };
  return { answer: await probe(connectionString), running };
}

function refusedPassword(cluster: Cluster, cause: unknown): StoryTreeError {
  return new StoryTreeError(
    'database_unavailable',
    `The embedded PostgreSQL does not accept the password in ${clusterFiles(cluster).password}: put the original file back, or ${RESET}.`,
    { cause },
  );
}

/**
 * Starts a warden for a cluster: a process that outlives this one and stops the cluster once nobody uses it.
 *
 * Starting one too many does no harm: of several, one stays.
 */
function spawnWarden({ directory, name, user }: Cluster): void {
  const ids = user === undefined ? [] : [String(user.uid), String(user.gid)];
  spawnOwnProgram('wardenProcess.ts', [directory, name, ...ids], { stdio: 'ignore' }).unref();
}
