import { spawn } from 'node:child_process';
import { constants, type FileHandle, open, readFile } from 'node:fs/promises';
import { StoryTreeError } from '@story-tree/domain/errors';
import { type Cluster, clusterFiles } from './cluster.ts';
import { readSmallFile } from './files.ts';

/**
 * A setting without effect by which PostgreSQL itself notes, in `postmaster.opts`, that a server holds the server lock.
 * Servers of earlier releases did not, so that the lock being free says nothing about them.
 */
export const STARTED_WITH_LOCK = { 'story_tree.server_lock': 'held' } as const;

/** What `flock` ends with when somebody else has the lock. */
const TAKEN = 1;

/**
 * The lock that a running server holds, which the kernel keeps for as long as any process of that server lives.
 *
 * A server in another container, or in another PID or IPC namespace, is not among the processes that can be seen, and yet
 * at work on the same files; starting a second one destroys them. The kernel's lock on an open file knows no namespaces.
 * It belongs to the open file itself: `flock` takes it on a descriptor of ours, the server inherits that descriptor, and
 * the lock goes when the last process that has it open has ended. Take it before the pid file is touched.
 *
 * Elsewhere than on Linux there are no such namespaces, and no `flock`: there the lock is always free.
 *
 * @returns the open file, to be handed to the server and then closed; undefined while a server has it.
 * @throws StoryTreeError `file_error` when the file cannot be opened, `not_configured` without the `flock` command.
 */
export async function takeServerLock(file: string): Promise<FileHandle | undefined> {
  const handle = await openLock(file);
  if (process.platform !== 'linux') return handle;
  const code = await flock(handle.fd).catch(() => undefined);
  if (code === 0) return handle;
  await handle.close();
  if (code === TAKEN) return undefined;
  throw new StoryTreeError(
    'not_configured',
    'The command "flock", which keeps a database from being started twice, does not work here: install util-linux, or set DATABASE_URL.',
  );
}

/** Whether a server holds the lock at this moment. Throws as {@link takeServerLock}. */
export async function isServerLocked(file: string): Promise<boolean> {
  const handle = await takeServerLock(file);
  await handle?.close();
  return handle === undefined;
}

async function openLock(file: string): Promise<FileHandle> {
  try {
    return await open(file, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
  } catch (cause) {
    const message = `The lock file ${file} cannot be used: check who owns its folder.`;
    throw new StoryTreeError('file_error', message, { cause });
  }
}

function flock(descriptor: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn('flock', ['-n', '3'], { stdio: ['ignore', 'ignore', 'ignore', descriptor] });
    child.on('error', reject);
    child.on('close', resolve);
  });
}

/**
 * Refuses to go on where an earlier release's server may still be at work in another container: its pid file is there, it
 * held no lock, and this machine has not been started again since. The caller has seen that it is not among the processes
 * here.
 *
 * @throws StoryTreeError `database_unavailable`.
 */
export async function refuseOldServer(cluster: Pick<Cluster, 'directory'>): Promise<void> {
  const { data } = clusterFiles(cluster);
  const pidFile = `${data}/postmaster.pid`;
  if (process.platform !== 'linux') return;
  const [noted, options] = await Promise.all([readIfPlain(pidFile), readIfPlain(`${data}/postmaster.opts`)]);
  const startedAt = Number(noted.split('\n')[2]);
  // An empty file is what a full disk or a crash of the machine leaves; a server fills it before it does anything else.
  if (!(startedAt > 0) || options.includes(Object.keys(STARTED_WITH_LOCK).join()) || startedAt < (await bootTime())) {
    return;
  }
  throw new StoryTreeError(
    'database_unavailable',
    `An earlier version of Story Tree may still be using the database in ${cluster.directory} from another container: stop it there; if there is none, remove ${pidFile} and try again.`,
  );
}

async function readIfPlain(file: string): Promise<string> {
  return (await readSmallFile(file).catch(() => undefined))?.text ?? '';
}

/** In seconds since 1970, as is the time in a pid file. */
async function bootTime(): Promise<number> {
  const stat = await readFile('/proc/stat', 'utf8').catch(() => '');
  return Number(/^btime (\d+)$/m.exec(stat)?.[1] ?? 0);
}
