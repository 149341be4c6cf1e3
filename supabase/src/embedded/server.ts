import { constants, type FileHandle, lstat, open, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoryTreeError } from '@story-tree/domain/errors';
import { type Binaries, program } from './binaries.ts';
import { type Cluster, clusterFiles } from './cluster.ts';
import { choosePort } from './connection.ts';
import { readSmallFile } from './files.ts';
import {
  type ClusterHandle,
  hasLeft,
  type ServerProcess,
  serverProcess,
  serverProcesses,
  signal,
} from './processes.ts';
import { refuseOldServer, STARTED_WITH_LOCK, takeServerLock } from './serverLock.ts';
import { startFailure } from './startFailure.ts';
import { runAs } from './systemUser.ts';

const LOG_LIMIT_BYTES = 5 * 1024 * 1024;
/** How each server begins to log. */
const FIRST_WORDS = 'LOG:  starting PostgreSQL';
const LOG_END_BYTES = 64 * 1024;
const START_TIMEOUT_SECONDS = 60;
const FAST_STOP_MS = 30_000;
const IMMEDIATE_STOP_MS = 5_000;
const POLL_MS = 50;

export interface Server {
  /** Of the postmaster. */
  pid: number;
  port: number;
  /** Whether it runs in a container that can be seen from here, whose loopback need not be ours. */
  isInContainer: boolean;
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  // Paths of sockets are limited to some hundred bytes, paths of checkouts are not.
  unix_socket_directories: '',
  max_connections: '300',
  wal_level: 'logical',
  synchronous_commit: 'on',
  shared_buffers: '64MB',
  huge_pages: 'off',
  max_wal_size: '256MB',
  // Containers often have a /dev/shm too small for parallel queries, and our queries are too small to gain from them.
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  io_method: 'sync',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // Statements contain what people wrote, which does not belong in a log.
  log_min_error_statement: 'panic',
  ...STARTED_WITH_LOCK,
} as const;

/** The running server of a cluster, whether or not it answers yet; undefined when none can be seen from here. */
export async function findServer(cluster: ClusterHandle): Promise<Server | undefined> {
  // The process in the pid file comes first, since that is nearly always right; it proves nothing.
  const noted = await readSmallFile(pidFile(cluster)).catch(() => undefined);
  const pid = /^\d+$/.exec(noted?.text.split('\n')[0] ?? '')?.[0];
  const named = pid === undefined ? undefined : await serverProcess(cluster, Number(pid));
  return asServer(named) ?? (await serverProcesses(cluster)).map(asServer).find((server) => server !== undefined);
}

function asServer(one: ServerProcess | undefined): Server | undefined {
  return one?.port === undefined ? undefined : { ...one, port: one.port };
}

/**
 * Ends what a killed server left behind: its children, where there is no postmaster to be seen.
 *
 * @returns whether there was anything to end.
 */
export async function endOrphans(cluster: ClusterHandle): Promise<boolean> {
  const orphans = await serverProcesses(cluster);
  if (orphans.some((one) => asServer(one) !== undefined)) return false;
  for (const { pid } of orphans) signal(pid, 'SIGKILL');
  for (const { pid } of orphans) await hasEnded(cluster, pid, IMMEDIATE_STOP_MS);
  return orphans.length > 0;
}

/**
 * Starts the server of a cluster unless there is one, in a session of its own. The caller holds the cluster's lock.
 *
 * @throws StoryTreeError `database_unavailable` with PostgreSQL's own reason and the log's path.
 */
export async function startServer(
  cluster: Cluster,
  binaries: Binaries,
  options: { otherPort: boolean },
): Promise<void> {
  const files = clusterFiles(cluster);
  const serverLock = await takeServerLock(files.serverLock);
  if (serverLock === undefined) throw runsElsewhere(cluster);
  try {
    // A server of an earlier release holds no lock, and may have started just now.
    if ((await findServer(cluster)) !== undefined) return;
    await removeRemains(cluster);
    await limitLog(cluster);
    const port = await choosePort(files.port, options);
    // The log is ours: the server gets an open descriptor, never the name.
    const log = await open(
      files.log,
      constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW,
      0o600,
    );
    try {
      await runServer(cluster, binaries, { port, log, serverLock });
    } finally {
      await log.close();
    }
  } finally {
    await serverLock.close();
  }
}

async function runServer(
  cluster: Cluster,
  binaries: Binaries,
  { port, log, serverLock }: { port: number; log: FileHandle; serverLock: FileHandle },
): Promise<void> {
  const { size } = await log.stat();
  const settings = Object.entries({ ...SETTINGS, cluster_name: cluster.name, port: String(port) });
  const { code, output } = await runAs(
    cluster.user,
    program(binaries, 'pg_ctl'),
    [
      ...['start', '--silent', '--wait', `--timeout=${START_TIMEOUT_SECONDS}`, '-D', 'data'],
      ...['-o', settings.map(([name, value]) => `-c ${name}='${value}'`).join(' ')],
    ],
    { cwd: cluster.directory, writeTo: log.fd, inherit: serverLock.fd },
  );
  if (code === 0) return;
  throw await startFailure(cluster, await writtenSince(log, size), output);
}

/** Stops a server with a fast shutdown, or an immediate one where that hangs, and returns when it is gone. */
export async function stopServer(cluster: ClusterHandle, { pid }: Pick<Server, 'pid'>): Promise<void> {
  signal(pid, 'SIGINT');
  if (await hasEnded(cluster, pid, FAST_STOP_MS)) return;
  signal(pid, 'SIGQUIT');
  if (await hasEnded(cluster, pid, IMMEDIATE_STOP_MS)) return;
  signal(pid, 'SIGKILL');
  await hasEnded(cluster, pid, IMMEDIATE_STOP_MS);
}

/** Empties the server's log when it has grown past its limit; the server appends, so it may be running. */
export async function limitLog(cluster: Pick<ClusterHandle, 'directory'>): Promise<void> {
  const { log } = clusterFiles(cluster);
  const size = await lstat(log).then(
    (found) => found.size,
    () => 0,
  );
  if (size <= LOG_LIMIT_BYTES) return;
  const handle = await open(log, constants.O_WRONLY | constants.O_NOFOLLOW);
  await handle.truncate().finally(() => handle.close());
}

/** A server that lives, and that this process can neither see nor reach. */
export function runsElsewhere(cluster: Pick<ClusterHandle, 'directory'>): StoryTreeError {
  return new StoryTreeError(
    'database_unavailable',
    `The database in ${cluster.directory} is being used from another container or namespace: stop Story Tree there, or set DATABASE_URL in both to one that both reach.`,
  );
}

/**
 * Clears what a killed server left, while its lock is ours: orphaned processes, which would keep the shared memory and
 * thereby refuse a new server, and the pid file, which would do so too if another process has its number now.
 */
async function removeRemains(cluster: Cluster): Promise<void> {
  const hadOrphans = await endOrphans(cluster);
  if (!hadOrphans) await refuseOldServer(cluster);
  // In a folder of the database's user, but the name of a link is removed, not what it leads to.
  await rm(pidFile(cluster), { force: true });
}

function pidFile(cluster: Pick<ClusterHandle, 'directory'>): string {
  return `${clusterFiles(cluster).data}/postmaster.pid`;
}

async function hasEnded(cluster: ClusterHandle, pid: number, waitMs: number): Promise<boolean> {
  const deadline = performance.now() + waitMs;
  while (!(await hasLeft(cluster, pid))) {
    if (performance.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}

/** What the latest server has written, or the end of that; empty where there is nothing to read. */
export async function latestLog(cluster: Pick<ClusterHandle, 'directory'>): Promise<string> {
  try {
    await using log = await open(clusterFiles(cluster).log, constants.O_RDONLY | constants.O_NOFOLLOW);
    return (await writtenSince(log, 0)).split(FIRST_WORDS).at(-1) ?? '';
  } catch {
    return '';
  }
}

/** What the log got from `from` on, or the end of that. */
async function writtenSince(log: FileHandle, from: number): Promise<string> {
  const { size } = await log.stat();
  const start = Math.max(from, size - LOG_END_BYTES);
  const length = Math.max(0, size - start);
  const { buffer, bytesRead } = await log.read(Buffer.alloc(length), 0, length, start);
  return buffer.toString('utf8', 0, bytesRead);
}
