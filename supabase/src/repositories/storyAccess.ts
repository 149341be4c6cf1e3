import { StoryTreeError } from '@story-tree/domain';
import { type Kysely, sql, type Transaction } from 'kysely';
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
}

/** Without a fence, writes are not bound to a lease. */
export function createStoryAccess(db: Kysely<DB>, fence?: StoryFence): StoryAccess {
  return {
    query: (query) => mapErrors(() => query(db)),
    write(storyId, work) {
      return mapErrors(async () => {
        if (!isUuid(storyId)) throw storyNotFound(storyId);
        if (fence !== undefined && !sameUuid(fence.storyId, storyId)) {
          throw new Error(`a lease on story ${fence.storyId} was used to write to story ${storyId}`);
        }
        return await db.transaction().execute(async (tx) => {
          if (fence !== undefined) {
            await sql`select public.assert_story_lease(${storyId}, ${fence.fence})`.execute(tx);
          }
          await assertStoryExists(tx, storyId);
          return await work(tx);
        });
      });
    },
  };
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

async function assertStoryExists(tx: Transaction<DB>, storyId: string): Promise<void> {
  const story = await tx
    .selectFrom('stories')
    .select('id')
    .where('id', '=', storyId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (story === undefined) throw storyNotFound(storyId);
}
