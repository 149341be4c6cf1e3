import { setTimeout as sleep } from 'node:timers/promises';
import { toStoryTreeError } from '@story-tree/domain';

const PAUSE_MS = 500;

/** Tries again while the database is away, until the signal aborts. @throws what it fails with in the end */
export async function persistently<T>(
  write: () => Promise<T>,
  signal: AbortSignal,
  pauseMs: number = PAUSE_MS,
): Promise<T> {
  for (;;) {
    try {
      return await write();
    } catch (thrown) {
      if (signal.aborted || toStoryTreeError(thrown).code !== 'database_unavailable') throw thrown;
    }
    await sleep(pauseMs);
  }
}
