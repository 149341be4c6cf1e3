import { setTimeout as sleep } from 'node:timers/promises';
import { type StoryTreeError, toStoryTreeError } from '@story-tree/domain';

/** What is done about a database that is away. */
export interface Patience {
  /**
   * Does work that fails with `database_unavailable` again until the database is back. So the work must be such that
   * doing it twice does no harm: an answer can get lost after what was asked for is done.
   * @throws what the work fails with for another reason, or in the end
   */
  outlast<T>(work: () => Promise<T>): Promise<T>;
}

/** For whoever has somebody waiting: a failure is told at once. */
export const IMPATIENT: Patience = { outlast: (work) => work() };

export interface PatienceOptions {
  /** Once it aborts, work gets one last chance. */
  signal: AbortSignal;
  /** Told when the database goes away and when it is back, once for all that waits for it. */
  log(level: 'info' | 'warn', message: string, fields?: Readonly<Record<string, unknown>>): void;
}

const PAUSE_MS = { first: 100, most: 500 };

/**
 * Waits for the database for as long as it takes: only the database knows whether the story still belongs to whoever
 * waits, and what has been paid for is lost with it.
 */
export function createPatience({ signal, log }: PatienceOptions): Patience {
  let isAway = false;

  function noteAway(error: StoryTreeError): void {
    if (isAway) return;
    isAway = true;
    log('warn', 'The database does not answer. What is done is kept, and goes on when it is back.', { error });
  }

  function noteBack(): void {
    if (!isAway) return;
    isAway = false;
    log('info', 'The database is back.');
  }

  return {
    async outlast(work) {
      for (let pauseMs = PAUSE_MS.first; ; pauseMs = Math.min(PAUSE_MS.most, pauseMs * 2)) {
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
