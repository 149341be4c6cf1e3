import { type Database, mapDatabaseError } from '@story-tree/supabase';

/**
 * Does work that one process at a time should do, unless another is at it.
 * @throws StoryTreeError what the work throws, and `database_unavailable`
 */
export async function withAdvisoryLock(
  { pool }: Pick<Database, 'pool'>,
  key: number,
  work: () => Promise<void>,
): Promise<void> {
  const client = await pool.connect().catch(rethrow);
  let isHeld = false;
  try {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [key]);
    isHeld = rows[0]?.taken === true;
    if (!isHeld) return;
    await work();
    await client.query('select pg_advisory_unlock($1)', [key]);
    isHeld = false;
  } catch (thrown) {
    rethrow(thrown);
  } finally {
    // A session that still has the lock is ended, and the lock with it.
    client.release(isHeld);
  }
}

function rethrow(thrown: unknown): never {
  throw mapDatabaseError(thrown);
}
