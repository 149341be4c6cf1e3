import { setTimeout as sleep } from 'node:timers/promises';
import { type StoryLease, type StoryLeases, storyBusy } from '@story-tree/domain';
import { type Kysely, sql } from 'kysely';
import { keepLease } from './keepLease.ts';
import { isUuid, mapErrors, storyNotFound } from './repositories/storyAccess.ts';
import type { DB } from './schema.ts';

export interface StoryLeaseOptions {
  /** For how long a lease holds after its last renewal; {@link STORY_LEASE_MS} unless told. */
  ttlMs?: number;
  /** How often it is renewed; a third of `ttlMs` unless told. */
  renewEveryMs?: number;
  /**
   * Whether to look on for a while when a story is held. A holder that died without a word no longer renews, so its
   * lease runs out and is taken; one that lives gives itself away by its next renewal, and only then is it `story_busy`.
   */
  awaitAbandoned?: boolean;
}

/** Milliseconds that a lease outlives its holder; so long do others wait after one that was killed. */
export const STORY_LEASE_MS = 15_000;

const LOOK_AGAIN_MS = 250;

/** One writer per story: rows with an expiry that their holders keep moving, and a fence that rises with every holder. */
export function createStoryLeases(db: Kysely<DB>, options: StoryLeaseOptions = {}): StoryLeases {
  const { ttlMs = STORY_LEASE_MS, renewEveryMs = ttlMs / 3, awaitAbandoned = false } = options;

  return {
    acquire: (storyId, holder) =>
      mapErrors(async () => {
        if (!isUuid(storyId)) throw storyNotFound(storyId);
        const fence = await takeLease(db, { storyId, holder, ttlMs, awaitAbandoned });
        return holdLease(db, { storyId, ttlMs, renewEveryMs, fence });
      }),

    holder: (storyId) => mapErrors(() => findHolder(db, storyId)),
  };
}

export interface TakenLease {
  storyId: string;
  fence: string;
  ttlMs: number;
  renewEveryMs?: number;
}

/** Keeps a lease that has been taken until it is released. */
export function holdLease(db: Kysely<DB>, { storyId, fence, ttlMs, renewEveryMs = ttlMs / 3 }: TakenLease): StoryLease {
  const renew = () => renewLease(db, storyId, fence, ttlMs);
  const { lost, stop } = keepLease({ renewEveryMs, renew });
  let isForgotten = false;
  return {
    storyId,
    fence,
    lost,
    async release() {
      stop();
      if (!isForgotten) await releaseLease(db, storyId, fence);
    },
    forget() {
      stop();
      isForgotten = true;
    },
  };
}

interface LeaseRequest {
  storyId: string;
  holder: string;
  ttlMs: number;
  awaitAbandoned: boolean;
}

async function takeLease(db: Kysely<DB>, { storyId, holder, ttlMs, awaitAbandoned }: LeaseRequest) {
  for (let seen: HeldLease | null = null; ; await sleep(LOOK_AGAIN_MS)) {
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

async function renewLease(db: Kysely<DB>, storyId: string, fence: string, ttlMs: number): Promise<boolean> {
  const { rows } = await sql<{ renewed: boolean }>`
    select public.renew_story_lease(${storyId}, ${fence}, ${interval(ttlMs)}) as renewed
  `.execute(db);
  return rows[0]?.renewed === true;
}

async function releaseLease(db: Kysely<DB>, storyId: string, fence: string): Promise<void> {
  try {
    // Need not be on disk: a lease whose release a crash undoes runs out by itself.
    await sql`
      select set_config('synchronous_commit', 'off', true), public.release_story_lease(${storyId}, ${fence})
    `.execute(db);
  } catch {
    // A database that cannot be reached does not keep anyone from ending: the lease runs out by itself.
  }
}

/**
 * Cuts what is left of each lease to one duration of its holder's: after a clock was set back, the dead would keep their
 * stories for as long as it was set back by. The living renew in time.
 */
export async function limitStoryLeases(db: Kysely<DB>): Promise<void> {
  await mapErrors(() => sql`select public.limit_story_leases()`.execute(db));
}

/** Milliseconds as SQL knows them. */
export const interval = (ms: number) => sql`make_interval(secs => ${ms / 1000})`;
