import { setTimeout as sleep } from 'node:timers/promises';
import { type StoryTreeError, toStoryTreeError } from '@story-tree/domain';

/** How to deal with a database that is away. */
export interface Patience {
  /**
   * Repeats work that fails with `database_unavailable` until the database is back. The work must be safe to repeat: an
   * answer can get lost after the database has done what was asked.
   * @throws what the work fails with for another reason, or in the end
   */
  outlast<T>(work: () => Promise<T>): Promise<T>;
}

/** For callers that somebody waits for: a failure is reported at once. */
export const IMPATIENT: Patience = { outlast: (work) => work() };

export interface PatienceOptions {
  /** Once it aborts, work gets one last chance. */
  signal: AbortSignal;
  /** Called when the database goes away and when it is back, once for everything that waits for it. */
  log(level: 'info' | 'warn', message: string, fields?: Readonly<Record<string, unknown>>): void;
  /** The first pause between two attempts and the longest; each is twice as long as the one before. */
  pauseMs?: { first: number; most: number };
}

const PAUSE_MS = { first: 100, most: 500 };

/**
 * Waits for the database for as long as it takes, trying again after 100 ms at first and every 500 ms in the end. There is
 * no limit: only the database knows whether the story still belongs to whoever waits, and giving up would lose what has
 * been paid for.
 */
export function createPatience({ signal, log, pauseMs: { first, most } = PAUSE_MS }: PatienceOptions): Patience {
  let isAway = false;

  function noteAway(error: StoryTreeError): void {
    if (isAway) return;
    isAway = true;
    log('warn', `The run waits for the database and keeps finished work meanwhile. ${error.message}`, { error });
  }

  function noteBack(): void {
    if (!isAway) return;
    isAway = false;
    log('info', 'The database is back.');
  }

  return {
    async outlast(work) {
      for (let pauseMs = first; ; pauseMs = Math.min(most, pauseMs * 2)) {
        const isLastChance = signal.aborted;
        try {
          const done = await work();
          noteBack();
          return done;
        } catch (thrown) {
          const error = toStoryTreeError(thrown);
          if (isLastChance || error.code !== 'database_unavailable') throw thrown;
          noteAway(error);
        }
        await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
      }
    },
  };
}
