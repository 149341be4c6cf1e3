import { setTimeout as sleep } from 'node:timers/promises';
import type { StoryMode } from '@story-tree/domain';
import type { StoryTaskQueue } from '@story-tree/story-tasks';
import type { Database } from '@story-tree/supabase';
import type { HealthChecks } from '../services/index.ts';

/** A part that does not answer within this time counts as missing, in milliseconds. */
const PATIENCE_MS = 2_000;

export interface HealthParts {
  database: Pick<Database, 'pool'>;
  queue: Pick<StoryTaskQueue, 'ping' | 'workers'>;
  mode: StoryMode;
  authentication: boolean;
}

/** Checks which parts are available. Serving needs the database, working also the queue and a worker. */
export function createHealthChecks({ database, queue, mode, authentication }: HealthParts): HealthChecks {
  const askDatabase = () => answers(() => database.pool.query('select 1'));
  const askQueue = () => answers(() => queue.ping());
  const countWorkers = () => orElse(0, () => queue.workers());
  return {
    canServe: askDatabase,
    async canWork() {
      const [hasQueue, workers] = await Promise.all([askQueue(), countWorkers()]);
      return hasQueue && workers > 0;
    },
    async overview() {
      const [hasDatabase, hasQueue, workers] = await Promise.all([askDatabase(), askQueue(), countWorkers()]);
      const status = hasDatabase && hasQueue && workers > 0 ? 'ok' : 'degraded';
      return { status, database: hasDatabase, queue: hasQueue, workers, mode, authentication };
    },
  };
}

function answers(ask: () => Promise<unknown>): Promise<boolean> {
  return orElse(false, async () => {
    await ask();
    return true;
  });
}

/** What a part answers; `missing` when it fails or takes too long. */
export async function orElse<T>(missing: T, ask: () => Promise<T>): Promise<T> {
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
