import { setTimeout as sleep } from 'node:timers/promises';
import type { StoryMode } from '@story-tree/domain';
import type { StoryTaskQueue } from '@story-tree/story-tasks';
import type { Database } from '@story-tree/supabase';
import type { Health } from '../wire/index.ts';

/** A part that does not answer within this time counts as missing, in milliseconds. */
const PATIENCE_MS = 2_000;

export interface HealthParts {
  database: Database;
  queue: StoryTaskQueue;
  mode: StoryMode;
  authentication: boolean;
}

/** Checks whether every part is available. */
export async function readHealth({ database, queue, mode, authentication }: HealthParts): Promise<Health> {
  const [hasDatabase, hasQueue, workers] = await Promise.all([
    orElse(false, async () => {
      await database.pool.query('select 1');
      return true;
    }),
    orElse(false, async () => {
      await queue.ping();
      return true;
    }),
    orElse(0, () => queue.workers()),
  ]);
  const isWhole = hasDatabase && hasQueue && workers > 0;
  return { status: isWhole ? 'ok' : 'degraded', database: hasDatabase, queue: hasQueue, workers, mode, authentication };
}

async function orElse<T>(missing: T, ask: () => Promise<T>): Promise<T> {
  const patience = new AbortController();
  const tooLate = sleep(PATIENCE_MS, missing, { signal: patience.signal }).catch(() => missing);
  try {
    return await Promise.race([ask(), tooLate]);
  } catch {
    return missing;
  } finally {
    patience.abort();
  }
}
