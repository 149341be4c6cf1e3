import type { StoryTaskFeed } from '@story-tree/domain';
import { defaultMode, type Environment, openMigratedDatabase } from '@story-tree/runtime';
import {
  createStoryTasks,
  openStoryTaskQueue,
  type StoryTaskQueue,
  type StoryTasks,
  untilAvailable,
  watchStalledTasks,
} from '@story-tree/story-tasks';
import { createStoryTasksRepository, type Database, openStoryTaskFeed } from '@story-tree/supabase';
import type { Logger } from './log.ts';

/** What the app keeps open as long as it runs. */
export interface Parts {
  database: Database;
  queue: StoryTaskQueue;
  feed: StoryTaskFeed;
  storyTasks: StoryTasks;
  close(): Promise<void>;
}

interface PartsOptions {
  environment: Environment;
  log: Logger;
  signal: AbortSignal;
}

/**
 * Opens the database, with its tables up to date, and the queue; waits for either while it does not respond.
 * @throws StoryTreeError for what waiting does not fix
 */
export async function openParts({ environment, log, signal }: PartsOptions): Promise<Parts> {
  const tell = (message: string) => log.info(message);
  const note = (level: 'debug' | 'info' | 'warn' | 'error', message: string, fields: object = {}) =>
    log[level](fields, message);
  const waiting = { log: note, signal };
  const database = await untilAvailable(() => openMigratedDatabase(environment, tell, { signal }), waiting);
  const queue = await untilAvailable(() => openStoryTaskQueue({ environment, database, log: note }), waiting);
  const feed = openStoryTaskFeed({ database, log: (message) => log.warn(message) });
  const tasks = createStoryTasksRepository(database.kysely);
  const stopWatching = watchStalledTasks({ tasks, log: note });
  const storyTasks = createStoryTasks({
    tasks,
    queue,
    mode: defaultMode(environment),
    log: note,
  });
  return {
    database,
    queue,
    feed,
    storyTasks,
    async close() {
      stopWatching();
      await Promise.all([feed.close(), queue.close()]);
      await database.close();
    },
  };
}
