import { type StoryLease, StoryTreeError } from '@story-tree/domain';
import { type Kysely, sql } from 'kysely';
import type { DB } from './schema.ts';

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

/** Milliseconds as SQL knows them. */
export const interval = (ms: number) => sql`make_interval(secs => ${ms / 1000})`;

export interface LeaseKeeping {
  renewEveryMs: number;
  /** False when the lease has gone. */
  renew(): Promise<boolean>;
}

/** A renewal that failed is tried again this soon, in milliseconds. */
const SOON_MS = 250;

/**
 * Renews a lease until it is stopped. `lost` aborts with `lease_lost` when a renewal is refused, and only then: while the
 * database is away, nobody else can take the story there, and when it is back, the fence tells whether somebody did.
 */
export function keepLease({ renewEveryMs, renew }: LeaseKeeping): {
  lost: AbortSignal;
  stop(): void;
} {
  const controller = new AbortController();
  let stopped = false;
  let next = renewAfter(renewEveryMs);

  function renewAfter(ms: number) {
    return setTimeout(() => void renewNow(), ms).unref();
  }

  async function renewNow() {
    const held = await renew().catch(() => 'unknown' as const);
    if (stopped) return;
    if (held === false) return lose();
    next = renewAfter(held === 'unknown' ? Math.min(SOON_MS, renewEveryMs) : renewEveryMs);
  }

  function stop() {
    stopped = true;
    clearTimeout(next);
  }

  function lose() {
    stop();
    controller.abort(
      new StoryTreeError(
        'lease_lost',
        'The right to write to this story was lost. What is finished is kept: run the task again to go on.',
      ),
    );
  }

  return { lost: controller.signal, stop };
}
