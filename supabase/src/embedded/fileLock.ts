import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoryTreeError } from '@story-tree/domain/errors';

const SQLITE_BUSY = 5;
const POLL_MS = 40;
/** Longer than a lock is usually held, and short enough not to be noticed. */
const LOOK_PAST_MS = 1_000;

/**
 * Runs `work` while no other process runs work under the same lock file.
 *
 * The lock is one that the operating system holds for SQLite on an empty database file: the kernel drops it the moment
 * its holder ends, however it ends, so there is no stale lock to see through. A file with a pid in it cannot promise
 * that, since between reading "the holder is dead" and taking over, somebody else may have taken over.
 *
 * @param waitMs how long to wait for the present holder.
 * @param lookPast called now and then while the lock is taken, since its holder may never respond again: what it finds is
 *   returned in place of the work's result, and undefined means to wait on.
 * @throws StoryTreeError `database_unavailable` when the lock stays taken, `file_error` when the file cannot be opened.
 */
export async function withFileLock<T>(
  file: string,
  waitMs: number,
  work: () => Promise<T>,
  lookPast?: () => Promise<T | undefined>,
): Promise<T> {
  const deadline = performance.now() + waitMs;
  let lookAt = performance.now() + LOOK_PAST_MS;
  let held = tryLock(file);
  while (held === undefined) {
    if (performance.now() > deadline) {
      throw new StoryTreeError(
        'database_unavailable',
        `Another process has been starting or stopping the embedded PostgreSQL for too long (it holds ${file}): end it and try again.`,
      );
    }
    if (lookPast !== undefined && performance.now() > lookAt) {
      const found = await lookPast();
      if (found !== undefined) return found;
      lookAt = performance.now() + LOOK_PAST_MS;
    }
    await sleep(POLL_MS);
    held = tryLock(file);
  }
  try {
    return await work();
  } finally {
    held.close();
  }
}

/** Whether somebody holds the lock at this moment. @throws StoryTreeError `file_error` when the file cannot be opened. */
export function isLocked(file: string): boolean {
  const taken = tryLock(file);
  taken?.close();
  return taken === undefined;
}

function tryLock(file: string): DatabaseSync | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    database.exec('pragma busy_timeout = 0; begin exclusive');
    return database;
  } catch (cause) {
    database?.close();
    if (cause instanceof Error && 'errcode' in cause && cause.errcode === SQLITE_BUSY) return undefined;
    throw new StoryTreeError('file_error', `The lock file ${file} cannot be used: check who owns its folder.`, {
      cause,
    });
  }
}
