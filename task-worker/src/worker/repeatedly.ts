import { setTimeout as sleep } from 'node:timers/promises';
import { toStoryTreeError } from '@story-tree/domain';
import type { Log } from '../log.ts';

/** What could not be done for want of a connection is tried again this soon. */
const SOON_MS = 5_000;

/** Does work now and then, one time after the other. Returns the way to end that, resolved when no work is going on. */
export function repeatedly(everyMs: number, log: Log, work: () => Promise<void>): () => Promise<void> {
  const stop = new AbortController();

  async function attempt(): Promise<number> {
    try {
      await work();
      return everyMs;
    } catch (thrown) {
      const { code } = toStoryTreeError(thrown);
      const isAway = code === 'database_unavailable' || code === 'queue_unavailable';
      // Lost connections are told by those who keep them.
      if (!isAway) log('error', 'Rows and queue could not be compared.', { code, error: thrown });
      return Math.min(everyMs, SOON_MS);
    }
  }

  async function loop(): Promise<void> {
    while (!stop.signal.aborted) {
      const pauseMs = await attempt();
      await sleep(pauseMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  }

  const looping = loop();
  return async () => {
    stop.abort();
    await looping;
  };
}
