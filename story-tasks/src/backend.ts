import type { Log } from '@story-tree/domain';
import type { Environment } from '@story-tree/runtime';
import type { Database } from '@story-tree/supabase';
import { openPostgresBackend } from './postgresBackend.ts';
import type { QueueBackend } from './queueBackend.ts';
import { openRedisBackend } from './redisBackend.ts';

export interface QueueBackendOptions {
  environment: Pick<Environment, 'REDIS_URL'>;
  database: Database;
  log: Log;
}

/**
 * The one place that decides where jobs are kept: on Redis where one is named, else on PostgreSQL beside all the rest.
 * @throws StoryTreeError `database_unavailable`, `not_configured`; a Redis that does not answer is waited for in the
 * background
 */
export async function openQueueBackend({ environment, database, log }: QueueBackendOptions): Promise<QueueBackend> {
  return environment.REDIS_URL ? openRedisBackend(environment.REDIS_URL, log) : openPostgresBackend(database, log);
}
