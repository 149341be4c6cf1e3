import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {
  clusterDirectory,
  type Database,
  ensureCluster,
  openDatabase,
  type RunningCluster,
  stopCluster,
} from '@story-tree/supabase';
import { onTestFinished } from 'vitest';
import { eventually } from '../eventually.ts';
import { shared } from '../shared.ts';

const CHILD = path.join(import.meta.dirname, 'clusterChild.ts');
const PATIENCE_MS = 90_000;

/** A new home below `parent` that everybody may enter. */
export async function makeHome(parent = tmpdir()): Promise<string> {
  const home = await mkdtemp(path.join(parent, 'story-tree-home-'));
  await chmod(home, 0o755);
  return home;
}

/** A home whose cluster has been made and stopped, for all test files of this process to copy. */
const pattern = shared(
  async () => {
    const home = await makeHome();
    await ensure(home);
    await stopCluster({ home });
    return home;
  },
  (home) => removeHome(home),
);

/**
 * A new home with a cluster in it that is stopped and empty. It is a copy, which is made in a fraction of the time that
 * a first start takes.
 */
export async function makeHomeWithCluster(): Promise<{ home: string; directory: string }> {
  const home = await makeHome();
  execFileSync('cp', ['-a', `${await pattern()}/.`, home]);
  return { home, directory: await clusterDirectory({ home }) };
}

/** Stops what runs in a home and removes it, with what else was made for it. */
export async function removeHome(home: string, ...others: string[]): Promise<void> {
  await stopCluster({ home });
  for (const directory of [home, ...others]) {
    await rm(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  }
}

export function ensure(home: string): Promise<RunningCluster> {
  return ensureCluster({ home, log: () => undefined });
}

/** The user `nobody`, whom root can become for a test. */
export function nobody(): { uid: number; gid: number } {
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** Whether `nobody` can read the checkout and run this Node; not so where they are under /root. */
export function isOpenToNobody(): boolean {
  try {
    const file = path.resolve(import.meta.dirname, '../../../package.json');
    execFileSync(process.execPath, ['-e', 'require("node:fs").readFileSync(process.argv[1])', file], {
      ...nobody(),
      cwd: '/',
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}

/**
 * Runs work on a connection to the cluster of a home, which is started for it and stopped after it, so that no server
 * runs while a test changes its folders next.
 */
export async function withDatabase<T>(home: string, work: (pool: Database['pool']) => Promise<T>): Promise<T> {
  const database = await openDatabase({ home, log: () => undefined });
  const result = await work(database.pool).finally(() => database.close());
  await stopCluster({ home });
  return result;
}

export interface ClusterChild {
  process: ChildProcess;
  /** The cluster that the process got. Rejects, with what it printed, when it ends without one. */
  cluster: Promise<RunningCluster>;
  ended: Promise<void>;
}

/**
 * Another process that asks for the cluster of `home`, connects, and stays connected until killed or the test ends.
 *
 * @param within a command that runs it, such as `unshare` with its options.
 */
export function startChild(
  home: string,
  user: { uid?: number; gid?: number } = {},
  within: readonly string[] = [],
): ClusterChild {
  const [command = process.execPath, ...args] = [...within, process.execPath, CHILD, home];
  const child = spawn(command, args, { ...user, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const cluster = new Promise<RunningCluster>((resolve, reject) => {
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString('utf8');
    });
    child.stdout.once('data', (chunk: Buffer) => resolve(JSON.parse(chunk.toString('utf8'))));
    child.once('close', (code) => reject(new Error(`The child ended with ${code}: ${errors}`)));
  });
  // A test that kills a child early does not wait for its cluster.
  cluster.catch(() => undefined);
  return { process: child, cluster, ended };
}

/** Waits until a condition holds. @throws Error when it never does. */
export async function until(what: string, isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const pace = { everyMs: 100, patienceMs: PATIENCE_MS };
  await eventually(
    async () => (await isTrue()) || null,
    () => `Waited in vain until ${what}.`,
    pace,
  );
}

export async function postmasterPid(cluster: Pick<RunningCluster, 'directory'>): Promise<number> {
  const lines = await readFile(path.join(cluster.directory, 'data/postmaster.pid'), 'utf8');
  return Number(lines.split('\n')[0]);
}

/** The processes whose command line contains all of `parts`; zombies have none. */
export function pidsOf(...parts: string[]): number[] {
  const lines = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => parts.every((part) => line.includes(part))).map((line) => Number.parseInt(line, 10));
}

export function wardensOf(cluster: Pick<RunningCluster, 'directory'>): number[] {
  return pidsOf('wardenProcess.ts', cluster.directory);
}

/** Whether a process is there: neither a zombie nor about to be removed after having been one. */
export function isAlive(pid: number): boolean {
  try {
    return !/^[ZX]/.test(process.platform === 'linux' ? stateInProc(pid) : stateByPs(pid));
  } catch {
    return false;
  }
}

/** The state follows the program's name, which may contain any characters. */
function stateInProc(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2);
}

function stateByPs(pid: number): string {
  return execFileSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' });
}
