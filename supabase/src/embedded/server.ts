import { readFile, rm, stat, truncate } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoryTreeError } from '@story-tree/domain';
import { program } from './binaries.ts';
import { type Cluster, clusterFiles } from './cluster.ts';
import { choosePort } from './port.ts';
import { commandOf, listProcesses, signal } from './processes.ts';
import { runAs } from './systemUser.ts';

const LOG_LIMIT_BYTES = 5 * 1024 * 1024;
const START_TIMEOUT_SECONDS = 60;
const FAST_STOP_MS = 30_000;
const IMMEDIATE_STOP_MS = 5_000;
const POLL_MS = 50;

/** What a cluster needs to be recognised and stopped; the warden knows no more than this. */
export type ClusterHandle = Pick<Cluster, 'directory' | 'name'>;

export interface Server {
  /** Of the postmaster. */
  pid: number;
  port: number;
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
  // Statements hold what people wrote; the log does without.
  log_min_error_statement: 'panic',
} as const;

/**
 * The running server of a cluster, whether or not it answers yet; undefined when there is none.
 *
 * `postmaster.pid` alone proves nothing: the process may be gone, a zombie, or another program that got its number.
 */
export async function findServer(cluster: ClusterHandle): Promise<Server | undefined> {
  const lines = await readFile(`${clusterFiles(cluster).data}/postmaster.pid`, 'utf8').catch(() => '');
  const [pid = '', , , port = ''] = lines.split('\n');
  if (!/^\d+$/.test(pid) || !/^\d+$/.test(port)) return undefined;
  const command = await commandOf(Number(pid));
  return command?.includes(`cluster_name=${cluster.name}`) ? { pid: Number(pid), port: Number(port) } : undefined;
}

/**
 * Starts the server of a cluster that has none, in a session of its own. The caller holds the cluster's lock.
 *
 * @throws StoryTreeError `database_unavailable` with PostgreSQL's own reason and the log's path.
 */
export async function startServer(cluster: Cluster, options: { otherPort: boolean }): Promise<void> {
  const files = clusterFiles(cluster);
  await removeRemains(cluster);
  await limitLog(cluster);
  const logStart = await sizeOf(files.log);
  const port = await choosePort(files.port, options);
  const settings = Object.entries({ ...SETTINGS, cluster_name: cluster.name, port: String(port) });
  const { code, output } = await runAs(
    cluster.user,
    program(cluster.binaries, 'pg_ctl'),
    [
      ...['start', '--silent', '--wait', `--timeout=${START_TIMEOUT_SECONDS}`, '-D', 'data', '-l', 'postgres.log'],
      ...['-o', settings.map(([name, value]) => `-c ${name}='${value}'`).join(' ')],
    ],
    cluster.directory,
  );
  if (code === 0) return;
  const reason = await lastFatalLine(files.log, logStart);
  throw new StoryTreeError(
    'database_unavailable',
    `The embedded PostgreSQL did not start${reason === undefined ? '' : ` (${reason})`}. Its log is ${files.log}.`,
    { cause: output },
  );
}

/** Stops a server with a fast shutdown, or an immediate one where that hangs, and returns when it is gone. */
export async function stopServer(cluster: ClusterHandle, { pid }: Server): Promise<void> {
  signal(pid, 'SIGINT');
  if (await hasEnded(cluster, pid, FAST_STOP_MS)) return;
  signal(pid, 'SIGQUIT');
  if (await hasEnded(cluster, pid, IMMEDIATE_STOP_MS)) return;
  signal(pid, 'SIGKILL');
  await hasEnded(cluster, pid, IMMEDIATE_STOP_MS);
}

/** Empties the server's log when it has grown past its limit; the server appends, so it may be running. */
export async function limitLog(cluster: ClusterHandle): Promise<void> {
  const { log } = clusterFiles(cluster);
  if ((await sizeOf(log)) > LOG_LIMIT_BYTES) await truncate(log);
}

/**
 * Clears what a killed server left: its orphaned processes, which would keep the shared memory and thereby refuse a new
 * server, and the pid file, which would do so too if its number now belongs to a zombie or to another program.
 */
async function removeRemains(cluster: Cluster): Promise<void> {
  const marks = [`cluster_name=${cluster.name}`, `cluster_name='${cluster.name}'`, `postgres: ${cluster.name}: `];
  const orphans = (await listProcesses()).filter(({ command }) => marks.some((mark) => command.includes(mark)));
  for (const { pid } of orphans) signal(pid, 'SIGKILL');
  for (const { pid } of orphans) await hasEnded(cluster, pid, IMMEDIATE_STOP_MS);
  await rm(`${clusterFiles(cluster).data}/postmaster.pid`, { force: true });
}

async function hasEnded(cluster: ClusterHandle, pid: number, waitMs: number): Promise<boolean> {
  const deadline = performance.now() + waitMs;
  while ((await commandOf(pid))?.includes(cluster.name)) {
    if (performance.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

async function lastFatalLine(log: string, from: number): Promise<string | undefined> {
  const written = (await readFile(log).catch(() => Buffer.alloc(0))).subarray(from).toString('utf8');
  const lines = written.split('\n').filter((line) => /\b(FATAL|PANIC|ERROR):/.test(line));
  return lines.at(-1)?.replace(/^.*?\b(FATAL|PANIC|ERROR):\s*/, '');
}
