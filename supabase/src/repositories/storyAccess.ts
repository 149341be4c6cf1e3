import { randomUUID } from 'node:crypto';
import { StoryTreeError } from '@story-tree/domain';
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import { mapDatabaseError } from '../databaseErrors.ts';
import { IMPATIENT, type Patience } from '../patience.ts';
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
   * One transaction that writes to one story. Under a fence it counts once, however often it has to be sent; the work may
   * then be done several times, of which the last counts.
   * @throws StoryTreeError `lease_lost` when the fence no longer holds, `not_found` when there is no such story
   */
  write<T>(storyId: string, work: (tx: Transaction<DB>) => Promise<T>): Promise<T>;
  /**
   * One statement that changes one row of a story, without the round trips of a transaction. It has to have `mayWrite`
   * among its conditions. Undefined when there is no such row: also when it was changed by a statement whose answer got
   * lost, so that it had to be sent again.
   * @throws StoryTreeError as `write` does
   */
  change<T>(
    storyId: string,
    statement: (db: Kysely<DB>, mayWrite: RawBuilder<boolean>) => Promise<T | undefined>,
  ): Promise<T | undefined>;
  /** See `StoryRepositories.whileHeld`. */
  whileHeld<T>(storyId: string, work: () => Promise<T>): Promise<T>;
}

/**
 * Without a fence, writes are not bound to a lease.
 * @param patience how to wait for a database that is away, when reading and, under a fence, when writing
 */
export function createStoryAccess(db: Kysely<DB>, fence?: StoryFence, patience: Patience = IMPATIENT): StoryAccess {
  const patiently = <T>(work: () => Promise<T>) => patience.outlast(() => mapErrors(work));
  const writes = createStoryWrites();

  /** Its outcome is that of the attempt that arrived, even when the database never said so. */
  async function writeOnce<T>(
    held: StoryFence,
    storyId: string,
    work: (tx: Transaction<DB>) => Promise<T>,
  ): Promise<T> {
    return await writes.number(async (write) => {
      let outcome: { of: T } | undefined;
      await patiently(() =>
        db.transaction().execute(async (tx) => {
          if (await openWrite(tx, storyId, held, write)) outcome = { of: await work(tx) };
        }),
      );
      if (outcome === undefined) throw new Error('a write that was never made counts as done');
      return outcome.of;
    });
  }

  /** The work is never done twice: only the lock on the lease is lost with the connection. */
  async function whileHeld<T>(storyId: string, work: () => Promise<T>): Promise<T> {
    let begun: Promise<T> | undefined;
    await patiently(async () => {
      checkIds(storyId, fence);
      const holding = db.transaction().execute(async (tx) => {
        await assertWritable(tx, storyId, fence);
        begun = work();
        await begun;
      });
      await holding.catch((error: unknown) => {
        if (begun === undefined) throw error;
      });
    });
    return await (begun as unknown as Promise<T>);
  }

  return {
    query: (query) => patiently(() => query(db)),
    async write(storyId, work) {
      await mapErrors(async () => checkIds(storyId, fence));
      if (fence !== undefined) return await writeOnce(fence, storyId, work);
      return await mapErrors(() =>
        db.transaction().execute(async (tx) => {
          await assertWritable(tx, storyId, fence);
          return await work(tx);
        }),
      );
    },
    change: (storyId, statement) =>
      patiently(async () => {
        checkIds(storyId, fence);
        const changed = await statement(db, mayWrite(storyId, fence));
        // Without a row, the conditions may not have been looked at.
        if (changed === undefined) await assertWritable(db, storyId, fence);
        return changed;
      }),
    whileHeld,
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

/** The same for a write that is to count once. @returns false when it has been done already */
async function openWrite(
  tx: Transaction<DB>,
  storyId: string,
  { fence }: StoryFence,
  { place, number }: StoryWrite,
): Promise<boolean> {
  const { rows } = await sql<{ found: boolean; isNew: boolean }>`
    select exists (select from stories where id = ${storyId} and deleted_at is null) as found,
      public.open_story_write(${storyId}, ${fence}, ${place}, ${number}) as "isNew"
  `.execute(tx);
  const [row] = rows;
  if (row?.isNew && !row.found) throw storyNotFound(storyId);
  return row?.isNew === true;
}

/** The same as a condition: false without the story, an error without the lease. */
function mayWrite(storyId: string, fence: StoryFence | undefined): RawBuilder<boolean> {
  const there = sql`exists (select from stories where id = ${storyId} and deleted_at is null)`;
  if (fence === undefined) return sql<boolean>`${there}`;
  // What the function gives is nothing, as a text.
  return sql<boolean>`(${there} and (select public.assert_story_lease(${storyId}, ${fence.fence}))::text = '')`;
}

/** One write of a story's holder, as the database knows it again when it is sent a second time. */
interface StoryWrite {
  place: string;
  /** Rises with the writes of a place. */
  number: number;
}

/** Numbers writes: each for as long as it lasts, whatever goes on beside it. */
interface StoryWrites {
  /** @param work may send the write as often as it takes */
  number<T>(work: (write: StoryWrite) => Promise<T>): Promise<T>;
}

/** As many places as there are writes at the same time, so that few rows tell of however many writes. */
export function createStoryWrites(): StoryWrites {
  const free: StoryWrite[] = [];
  return {
    async number(work) {
      const { place, number } = free.pop() ?? { place: randomUUID(), number: 0 };
      const write = { place, number: number + 1 };
      try {
        return await work(write);
      } finally {
        free.push(write);
      }
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
