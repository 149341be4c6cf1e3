import { randomUUID } from 'node:crypto';
import type { ModelCallJournal, StoryRepositories } from '@story-tree/domain';
import type { Environment } from '@story-tree/runtime/environment';
import { openMigratedDatabase } from '@story-tree/runtime/openMigratedDatabase';
import { untilAvailable } from '@story-tree/story-tasks/untilAvailable';
import {
  createModelCallJournal,
  createPatience,
  createStoryRepositories,
  type Database,
  type Patience,
} from '@story-tree/supabase';
import type { Invocation } from './invocation.ts';
import type { Reporter } from './reporter.ts';

/** What one command works with: the database, opened and migrated, and its surroundings. */
export interface Session extends SessionOptions {
  database: Database;
  repositories: StoryRepositories;
  journal: ModelCallJournal;
  /** For a database that is away at the end of a long run. */
  patience: Patience;
  /** Names this command in the journal. */
  runId: string;
}

export interface SessionOptions {
  environment: Environment;
  invocation: Invocation;
  reporter: Reporter;
  /** How wide the terminal is that results go to; undefined for files and pipes. */
  columns: number | undefined;
  signal: AbortSignal;
  /** Says which arguments continue what this command has begun, for when it ends early. */
  continueWith(args: readonly string[]): void;
  /** Milliseconds to wait for a database that is not there yet. */
  waitMs: number;
}

/** Opens a session for the time that `work` takes. */
export async function withSession<T>(options: SessionOptions, work: (session: Session) => Promise<T>): Promise<T> {
  const { environment, reporter, signal, waitMs } = options;
  const note = (message: string) => reporter.note(message);
  // The embedded one was waited for already.
  const patienceMs = environment.DATABASE_URL === undefined ? 0 : waitMs;
  const waiting = { log: reporter.log, signal, patienceMs };
  const database = await untilAvailable(() => openMigratedDatabase(environment, note, { signal }), waiting);
  try {
    return await work({
      ...options,
      database,
      repositories: createStoryRepositories(database.kysely),
      journal: createModelCallJournal(database.kysely),
      patience: createPatience({ signal: options.signal, log: reporter.log }),
      runId: randomUUID(),
    });
  } finally {
    await database.close();
  }
}
