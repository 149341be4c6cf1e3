import { spawn } from 'node:child_process';
import { constants, type FileHandle, open } from 'node:fs/promises';
import { StoryTreeError } from '@story-tree/domain';

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
    'The command "flock", with which a database is kept from being started twice, does not work here: install util-linux, or set DATABASE_URL.',
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
