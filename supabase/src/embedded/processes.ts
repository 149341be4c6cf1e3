import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Cluster, clusterFiles } from './cluster.ts';
import { runAs } from './systemUser.ts';

const run = promisify(execFile);
const PROGRAM = 'postgres';
/** What the system adds to the path of a program whose file has been replaced meanwhile. */
const REPLACED = / \(deleted\)$/;
/** What all processes of a server but the first call themselves. */
const CHILD_TITLE = 'postgres: ';

/** What a cluster needs to be recognised and stopped. */
export type ClusterHandle = Pick<Cluster, 'directory' | 'name' | 'user'>;

/** A living process of a cluster's server. */
export interface ServerProcess {
  pid: number;
  /** Where the postmaster listens; undefined for every other process of the server. */
  port: number | undefined;
  /** Whether it runs in a container, or another PID namespace, inside of this one. */
  isInContainer: boolean;
}

/** Every process of a cluster's server that can be seen from here. */
export async function serverProcesses(cluster: ClusterHandle): Promise<ServerProcess[]> {
  const pids = process.platform === 'linux' ? await pidsInProc() : await pidsFromPs();
  const found = await Promise.all(pids.map((pid) => serverProcess(cluster, pid)));
  return found.filter((one) => one !== undefined);
}

/**
 * A process, if it is one of the cluster's server: by its program and by the data that it is at work on, never by what its
 * arguments say. Undefined for any other, for a zombie, and for one that is gone.
 */
export async function serverProcess(cluster: ClusterHandle, pid: number): Promise<ServerProcess | undefined> {
  return process.platform === 'linux' ? fromProc(cluster, pid) : fromPs(cluster, pid);
}

/**
 * Whether a process that was one of the cluster's server has ended. One that is on its way out has given up its program
 * already, and yet holds its open files, and with them the server's lock: for a second and more where the disk is busy.
 */
export async function hasLeft(cluster: ClusterHandle, pid: number): Promise<boolean> {
  return (await serverProcess(cluster, pid)) === undefined && !(await isLeaving(pid));
}

/** On Linux, a process without a program that is not a zombie, nor about to be removed after having been one. */
async function isLeaving(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => undefined);
  if ((await read('cmdline')) !== '') return false;
  const status = (await read('status')) ?? 'State:\tX';
  return !/^State:\t[ZX]/m.test(status);
}

/** Sends a signal; false when there is no such process any more, or it is not ours to end. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

async function pidsInProc(): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  return pids.filter((pid) => nameInProc(pid) === PROGRAM);
}

/** Read at once: no disk is involved, and there are hundreds of processes, each of which would take long to wait for. */
function nameInProc(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trimEnd();
  } catch {
    return '';
  }
}

async function fromProc(cluster: ClusterHandle, pid: number): Promise<ServerProcess | undefined> {
  const raw = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  if (raw === '' || !(await isAtWorkOn(cluster, pid))) return undefined;
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  // One number for each namespace from this one down to its own.
  const numbers = /^NSpid:(.*)$/m.exec(status)?.[1]?.trim().split(/\s+/) ?? [];
  return { pid, port: portIn(raw.split('\0')), isInContainer: numbers.length > 1 };
}

/** A server stays in its data directory, which the system knows by device and number, whatever path leads there. */
async function isAtWorkOn({ directory, user }: ClusterHandle, pid: number): Promise<boolean> {
  const data = await stat(clusterFiles({ directory }).data).catch(() => undefined);
  if (data === undefined) return false;
  const seen = await lookAt(pid).catch(() => (user === undefined ? undefined : lookAtAs(user, pid)));
  if (seen === undefined) return false;
  const isServer = path.basename(seen.program.replace(REPLACED, '')) === PROGRAM;
  return isServer && seen.folder === `${data.dev}:${data.ino}`;
}

async function lookAt(pid: number) {
  const [program, { dev, ino }] = await Promise.all([readlink(`/proc/${pid}/exe`), stat(`/proc/${pid}/cwd`)]);
  return { program, folder: `${dev}:${ino}` };
}

/** In most containers, root may look at no other user's processes, but that user may. */
async function lookAtAs(user: NonNullable<Cluster['user']>, pid: number) {
  const script = 'readlink "/proc/$1/exe" && stat -L -c %d:%i "/proc/$1/cwd"';
  const { code, output } = await runAs(user, '/bin/sh', ['-c', script, 'sh', String(pid)]);
  const [program = '', folder = ''] = output.split('\n');
  return code === 0 ? { program, folder } : undefined;
}

async function pidsFromPs(): Promise<number[]> {
  return (await ps('-A', '-o', 'pid=,comm='))
    .filter((line) => path.basename(line) === PROGRAM || line.endsWith(` ${PROGRAM}`))
    .map((line) => Number.parseInt(line, 10));
}

/** Where the system does not say what data a process works on, the name that our server was started with has to do. */
async function fromPs({ name }: ClusterHandle, pid: number): Promise<ServerProcess | undefined> {
  if (!(await pidsFromPs()).includes(pid)) return undefined;
  const [line = ''] = await ps('-p', String(pid), '-o', 'state=,command=');
  const [, state = 'Z', command = ''] = /^(\S+) +(.*)/.exec(line) ?? [];
  const words = command.split(' ');
  const isOurs = command.startsWith(`${CHILD_TITLE}${name}: `) || words.includes(`cluster_name=${name}`);
  return isOurs && !state.startsWith('Z') ? { pid, port: portIn(words), isInContainer: false } : undefined;
}

async function ps(...args: string[]): Promise<string[]> {
  // ps exits with 1 when nothing matches.
  const { stdout } = await run('ps', ['-ww', ...args]).catch(() => ({ stdout: '' }));
  return stdout.split('\n').map((line) => line.trim());
}

/** The port among the arguments of a postmaster; its children have given theirs up for a title. */
function portIn(words: readonly string[]): number | undefined {
  if (words[0]?.startsWith(CHILD_TITLE) || words[0] === CHILD_TITLE.trim()) return undefined;
  const port = words.find((word) => word.startsWith('port='))?.slice('port='.length);
  return port === undefined ? undefined : Number(port);
}
