import { setTimeout as sleep } from 'node:timers/promises';
import { type Log, toStoryTreeError } from '@story-tree/domain';
import { defaultMode, type Environment, modeNote, openMigratedDatabase } from '@story-tree/runtime';
import { startWorker } from './startWorker.ts';

const TRY_AGAIN_MS = 2_000;

export interface StartUpOptions {
  environment: Environment;
  log: Log;
  /** Told secrets that must not show in logs. */
  hide(secret: string): void;
  /** Gives up waiting. */
  signal: AbortSignal;
}

export interface StartedWorker {
  close(): Promise<void>;
}

/**
 * Opens the database, brings its tables up to date and starts to work; waits for a database that does not answer.
 * @returns null when told to stop before
 * @throws StoryTreeError for what waiting does not mend
 */
export async function startUp(options: StartUpOptions): Promise<StartedWorker | null> {
  const { environment, log, signal } = options;
  log('info', modeNote(defaultMode(environment)));
  while (!signal.aborted) {
    try {
      return await open(options);
    } catch (thrown) {
      const { code, message } = toStoryTreeError(thrown);
      if (code !== 'database_unavailable') throw thrown;
      log('warn', `${message} Trying again in ${TRY_AGAIN_MS / 1000} seconds.`, { code });
    }
    await sleep(TRY_AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
  return null;
}

async function open({ environment, log, hide }: StartUpOptions): Promise<StartedWorker> {
  const database = await openMigratedDatabase(environment, (message) => log('info', message));
  try {
    hide(database.connectionString);
    const worker = await startWorker({ environment, database, log });
    return {
      async close() {
        await worker.close();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
