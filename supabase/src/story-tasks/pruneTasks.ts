import { type Kysely, sql } from 'kysely';
import type { DB } from '../schema.ts';

/** Small enough that no statement runs into its timeout, whatever has piled up. */
const BATCH = 500;

/**
 * Deletes tasks that ended before the moment, with their events, and stories that were deleted before it and have no
 * task left.
 * @returns how many tasks went, and which stories
 */
export async function pruneTasks(db: Kysely<DB>, endedBefore: Date): Promise<{ tasks: number; storyIds: string[] }> {
  let tasks = 0;
  for (let batch = BATCH; batch === BATCH; tasks += batch) {
    const { numAffectedRows } = await sql`
      delete from public.story_tasks where id in (
        select id from public.story_tasks where finished_at < ${endedBefore} order by finished_at limit ${BATCH}
      )
    `.execute(db);
    batch = Number(numAffectedRows ?? 0n);
  }
  const { rows } = await sql<{ id: string }>`
    delete from public.stories where deleted_at < ${endedBefore}
    and not exists (select from public.story_tasks where story_id = stories.id)
    returning id
  `.execute(db);
  return { tasks, storyIds: rows.map(({ id }) => id) };
}
