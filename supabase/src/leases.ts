import { type StoryLeases, storyBusy } from '@story-tree/domain';
import { type Kysely, sql } from 'kysely';
import { holdLease, interval } from './keepLease.ts';
import { pause } from './pause.ts';
import { isUuid, mapErrors, storyNotFound } from './repositories/storyAccess.ts';
import type { DB } from './schema.ts';

export interface StoryLeaseOptions {
  /** Milliseconds that a lease is good for after its last renewal; {@link STORY_LEASE_MS} unless told. */
  ttlMs?: number;
  /** Milliseconds from one renewal to the next; a third of `ttlMs` unless told. */
  renewEveryMs?: number;
  /**
   * Whether to keep watching for a while when a story is held. A holder that died without a word no longer renews, so its
   * lease runs out and is taken; one that lives gives itself away by its next renewal, and only then is it `story_busy`.
   */
  awaitAbandoned?: boolean;
  /** Gives up that watching. */
  signal?: AbortSignal;
}

/** Milliseconds that a lease outlives its last renewal, and therefore that others wait after its holder was killed. */
export const STORY_LEASE_MS = 15_000;

const LOOK_AGAIN_MS = 250;

/**
 * One writer per story: rows with an expiry that their holders keep postponing, and a fence that rises with every holder.
 * A lease that was acquired is renewed until it is released, and `lost` aborts once another holder has taken the story.
 *
 * `acquire` rejects with a `StoryTreeError`: `story_busy` with the holder in `details` while somebody else has the story,
 * `not_found` for a story that does not exist or was deleted, `database_unavailable` while the database is away; or with the
 * signal's reason.
 */
export function createStoryLeases(db: Kysely<DB>, options: StoryLeaseOptions = {}): StoryLeases {
  const { ttlMs = STORY_LEASE_MS, renewEveryMs = ttlMs / 3, awaitAbandoned = false, signal } = options;

  return {
    acquire: (storyId, holder) =>
      mapErrors(async () => {
        if (!isUuid(storyId)) throw storyNotFound(storyId);
        const fence = await takeLease(db, { storyId, holder, ttlMs, awaitAbandoned, signal });
        return holdLease(db, { storyId, ttlMs, renewEveryMs, fence });
      }),

    holder: (storyId) => mapErrors(() => findHolder(db, storyId)),
  };
}

interface LeaseRequest {
  storyId: string;
  holder: string;
  ttlMs: number;
  awaitAbandoned: boolean;
  signal: AbortSignal | undefined;
}

async function takeLease(db: Kysely<DB>, { storyId, holder, ttlMs, awaitAbandoned, signal }: LeaseRequest) {
  for (let seen: HeldLease | null = null; ; await pause(LOOK_AGAIN_MS, signal)) {
    const taken = await sql<{ fence: string | null }>`
      select public.acquire_story_lease(${storyId}, ${holder}, ${interval(ttlMs)}) as fence
    `.execute(db);
    const fence = taken.rows[0]?.fence ?? null;
    if (fence !== null) return fence;

    const held = await findLease(db, storyId);
    const renewed = seen !== null && held !== null && seen.expiry !== held.expiry;
    if (held !== null && (renewed || !awaitAbandoned)) throw storyBusy(held.holder);
    seen ??= held;
  }
}

interface HeldLease {
  holder: string;
  /** As text: the driver would cut it to milliseconds. */
  expiry: string;
}

/** Who holds the story; null when it has been released in the meantime. */
async function findLease(db: Kysely<DB>, storyId: string): Promise<HeldLease | null> {
  const row = await db
    .selectFrom('stories')
    .leftJoin('story_leases', 'story_leases.story_id', 'stories.id')
    .select(['holder', sql<string | null>`expires_at::text`.as('expiry')])
    .where('stories.id', '=', storyId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (row === undefined) throw storyNotFound(storyId);
  return row.holder === null || row.expiry === null ? null : { holder: row.holder, expiry: row.expiry };
}

async function findHolder(db: Kysely<DB>, storyId: string): Promise<string | null> {
  if (!isUuid(storyId)) return null;
  const row = await db
    .selectFrom('story_leases')
    .select('holder')
    .where('story_id', '=', storyId)
    .where('expires_at', '>', sql<Date>`clock_timestamp()`)
    .executeTakeFirst();
  return row?.holder ?? null;
}

/**
 * Cuts what is left of each lease to the duration that its holder asked for. Otherwise, after a clock was set back,
 * holders that died would keep their stories for as long as it was set back by. Holders that live renew in time.
 *
 * @throws StoryTreeError `database_unavailable` while the database is away
 */
export async function limitStoryLeases(db: Kysely<DB>): Promise<void> {
  await mapErrors(() => sql`select public.limit_story_leases()`.execute(db));
}
