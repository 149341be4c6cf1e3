import { setTimeout as sleep } from 'node:timers/promises';
import { type Log, toStoryTreeError } from '@story-tree/domain';

/** What could not be done for want of a connection is tried again this soon. */
const SOON_MS = 5_000;

/** Work that is done now and then. */
export interface Repetition {
  /** Does not wait for the next time; work that is going on already is done once more after it. */
  soon(): void;
  /** Resolved when no work is going on. */
  stop(): Promise<void>;
}

/** Does work now and then, one time after the other. */
export function repeatedly(everyMs: number, log: Log, work: () => Promise<void>): Repetition {
  const stop = new AbortController();
  let pause = new AbortController();

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
      pause = new AbortController();
      const signal = AbortSignal.any([stop.signal, pause.signal]);
      const pauseMs = await attempt();
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  const looping = loop();
  return {
    soon: () => pause.abort(),
    async stop() {
      stop.abort();
      await looping;
    },
  };
}
