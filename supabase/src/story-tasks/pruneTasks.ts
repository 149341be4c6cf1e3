import { type Kysely, sql } from 'kysely';
import { interval } from '../leases.ts';
import type { DB } from '../schema.ts';

/** Small enough that no statement runs into its timeout, whatever has piled up. */
const BATCH = 500;

/** The stories that were deleted and whose rows are still there. */
export async function deletedStories(db: Kysely<DB>): Promise<string[]> {
  const rows = await db.selectFrom('stories').select('id').where('deleted_at', 'is not', null).execute();
  return rows.map(({ id }) => id);
}

/**
 * Deletes tasks that ended longer ago than that, by the database's clock, with their events, and stories that were deleted
 * before it and have no task left.
 * @returns how many tasks went, and how many stories
 */
export async function pruneTasks(db: Kysely<DB>, keptMs: number): Promise<{ tasks: number; stories: number }> {
  let tasks = 0;
  for (let batch = BATCH; batch === BATCH; tasks += batch) {
    const { numAffectedRows } = await sql`
      delete from public.story_tasks where id in (
        select id from public.story_tasks where finished_at < now() - ${interval(keptMs)}
        order by finished_at limit ${BATCH}
      )
    `.execute(db);
    batch = Number(numAffectedRows ?? 0n);
  }
  const { numAffectedRows } = await sql`
    delete from public.stories where deleted_at < now() - ${interval(keptMs)}
    and not exists (select from public.story_tasks where story_id = stories.id)
  `.execute(db);
  return { tasks, stories: Number(numAffectedRows ?? 0n) };
}
