import { setTimeout as sleep } from 'node:timers/promises';
import { type ErrorCode, toStoryTreeError } from '@story-tree/domain';
import type { Logger } from './log.ts';

const WAIT_MS = 2_000;

/** What may pass by itself. */
const PASSING: readonly ErrorCode[] = ['database_unavailable', 'queue_unavailable'];

/**
 * Does something that needs the database; while that does not answer, says so and tries again.
 * @throws StoryTreeError for what waiting does not mend
 */
export async function untilAvailable<T>(work: () => Promise<T>, log: Logger, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (thrown) {
      const { code, message } = toStoryTreeError(thrown);
      if (!PASSING.includes(code)) throw thrown;
      log.warn({ code }, `${message} Trying again in ${WAIT_MS / 1000} seconds.`);
    }
    await sleep(WAIT_MS, undefined, { signal });
  }
}
