import { StoryTreeError } from '@story-tree/domain';
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import { mapDatabaseError } from '../databaseErrors.ts';
import type { DB } from '../schema.ts';

/** Proof of a lease: which story may be written to, and under which fence. */
export interface StoryFence {
  storyId: string;
  fence: string;
}

/** The one way in which repositories reach the database. Everything that it throws is a {@link StoryTreeError}. */
export interface StoryAccess {
  /** Anything that changes no story: reading, and making a new one. */
  query<T>(query: (db: Kysely<DB>) => Promise<T>): Promise<T>;
  /**
   * One transaction that writes to one story.
   * @throws StoryTreeError `lease_lost` when the fence no longer holds, `not_found` when there is no such story
   */
  write<T>(storyId: string, work: (tx: Transaction<DB>) => Promise<T>): Promise<T>;
  /**
   * One statement that changes one row of a story, without the round trips of a transaction. It has to have `mayWrite`
   * among its conditions. Undefined when there is no such row.
   * @throws StoryTreeError as `write` does
   */
  change<T>(
    storyId: string,
    statement: (db: Kysely<DB>, mayWrite: RawBuilder<boolean>) => Promise<T | undefined>,
  ): Promise<T | undefined>;
  /** @throws StoryTreeError what writing to the story would throw now */
  assertWritable(storyId: string): Promise<void>;
}

/** Without a fence, writes are not bound to a lease. */
export function createStoryAccess(db: Kysely<DB>, fence?: StoryFence): StoryAccess {
  return {
    query: (query) => mapErrors(() => query(db)),
    write: (storyId, work) =>
      mapErrors(async () => {
        checkIds(storyId, fence);
        return await db.transaction().execute(async (tx) => {
          await assertWritable(tx, storyId, fence);
          return await work(tx);
        });
      }),
    change: (storyId, statement) =>
      mapErrors(async () => {
        checkIds(storyId, fence);
        const changed = await statement(db, mayWrite(storyId, fence));
        // Without a row, the conditions may not have been looked at.
        if (changed === undefined) await assertWritable(db, storyId, fence);
        return changed;
      }),
    assertWritable: (storyId) =>
      mapErrors(async () => {
        checkIds(storyId, fence);
        await assertWritable(db, storyId, fence);
      }),
  };
}

function checkIds(storyId: string, fence: StoryFence | undefined): void {
  if (!isUuid(storyId)) throw storyNotFound(storyId);
  if (fence !== undefined && !sameUuid(fence.storyId, storyId)) {
    throw new Error(`a lease on story ${fence.storyId} was used to write to story ${storyId}`);
  }
}

/** The lease and the story in one round trip, since every write begins with it. */
async function assertWritable(db: Kysely<DB>, storyId: string, fence: StoryFence | undefined): Promise<void> {
  const lease = fence === undefined ? sql`` : sql`, public.assert_story_lease(${storyId}, ${fence.fence})`;
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from stories where id = ${storyId} and deleted_at is null) as found${lease}
  `.execute(db);
  if (!rows[0]?.found) throw storyNotFound(storyId);
}

/** The same as a condition: false without the story, an error without the lease. */
function mayWrite(storyId: string, fence: StoryFence | undefined): RawBuilder<boolean> {
  const there = sql`exists (select from stories where id = ${storyId} and deleted_at is null)`;
  if (fence === undefined) return sql<boolean>`${there}`;
  // What the function gives is nothing, as a text.
  return sql<boolean>`(${there} and (select public.assert_story_lease(${storyId}, ${fence.fence}))::text = '')`;
}

/** Whether PostgreSQL would take the text for a uuid; other texts name nothing that is stored. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

export function storyNotFound(storyId: string): StoryTreeError {
  return new StoryTreeError(
    'not_found',
    `There is no story ${storyId}. Check the id against the list of stories, or create the story first.`,
  );
}

/** Runs the work; what the database throws on the way comes out typed. */
export async function mapErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw mapDatabaseError(thrown);
  }
}

function sameUuid(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
