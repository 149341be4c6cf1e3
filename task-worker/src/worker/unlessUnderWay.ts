import { type Database, mapDatabaseError, withAdvisoryLock } from '@story-tree/supabase';

/** Longer than any work takes that is done under such a lock, since its own session is silent meanwhile. */
const SILENCE_SECONDS = 120;

/**
 * Does work that one process at a time should do, unless another is at it.
 * @throws StoryTreeError what the work throws, and `database_unavailable`
 */
export async function unlessUnderWay(
  { pool }: Pick<Database, 'pool'>,
  key: number,
  work: () => Promise<void>,
): Promise<void> {
  const client = await pool.connect().catch(rethrow);
  let isLocked = true;
  try {
    await withAdvisoryLock(client, { key, wait: false, silenceSeconds: SILENCE_SECONDS }, work);
    isLocked = false;
  } catch (thrown) {
    rethrow(thrown);
  } finally {
    // A session that still has the lock is ended, and the lock with it.
    client.release(isLocked);
  }
}

function rethrow(thrown: unknown): never {
  throw mapDatabaseError(thrown);
}
