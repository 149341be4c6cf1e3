import { StoryTreeError } from '@story-tree/domain';
import { setBackStoredTimes } from '@story-tree/testkit/clock/clock.ts';
import { createTestDatabase } from '@story-tree/testkit/database/database.ts';
import { failure, fillPool, NO_SUCH_ID, newStory } from '@story-tree/testkit/database/fixtures.ts';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Database, openDatabase } from './connect.ts';
import { createStoryLeases, limitStoryLeases, STORY_LEASE_MS } from './leases.ts';
import { createStoryRepositories } from './repositories/index.ts';

let database: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  await fillPool(database);
});
afterAll(() => database.close());

async function newStoryId() {
  const { id } = await createStoryRepositories(database.kysely).stories.create(newStory());
  return id;
}

const leaseRow = (storyId: string) =>
  database.kysely.selectFrom('story_leases').selectAll().where('story_id', '=', storyId).executeTakeFirst();

/** The row of a holder that was killed: nobody renews it. */
async function abandonLease(storyId: string, remaining: string) {
  await sql`select acquire_story_lease(${storyId}, 'a killed one', ${remaining}::interval)`.execute(database.kysely);
}

test.each([NO_SUCH_ID, 'not-a-uuid', ''])('there is nothing to take of %j', async (id) => {
  await expect(createStoryLeases(database.kysely).acquire(id, 'me')).rejects.toMatchObject(failure('not_found'));
});

test('a fence is never given twice, not even when a crash sets the sequence back', async () => {
  const storyId = await newStoryId();
  const leases = createStoryLeases(database.kysely);
  const fences: bigint[] = [];
  for (let holder = 1; holder <= 3; holder += 1) {
    await sql`select setval('story_lease_fences', 1000)`.execute(database.kysely);
    const lease = await leases.acquire(storyId, `holder ${holder}`);
    fences.push(BigInt(lease.fence));
    await lease.release();
  }
  expect(new Set(fences).size).toBe(3);
  expect(fences).toEqual(fences.toSorted((a, b) => (a < b ? -1 : 1)));
});

test('a deleted story cannot be taken', async () => {
  const storyId = await newStoryId();
  await createStoryRepositories(database.kysely).stories.markDeleted(storyId);
  await expect(createStoryLeases(database.kysely).acquire(storyId, 'me')).rejects.toMatchObject(failure('not_found'));
});

test('while one holds a story, others learn who; released, it is free', async () => {
  const storyId = await newStoryId();
  const leases = createStoryLeases(database.kysely);
  const lease = await leases.acquire(storyId, 'the command line (process 7)');
  await expect(leases.acquire(storyId, 'me')).rejects.toMatchObject({
    ...failure('story_busy'),
    message: expect.stringContaining('the command line (process 7)'),
    details: { holder: 'the command line (process 7)' },
  });
  await lease.release();
  expect(await leaseRow(storyId)).toBeUndefined();
  const next = await leases.acquire(storyId, 'me');
  expect(BigInt(next.fence)).toBeGreaterThan(BigInt(lease.fence));
  await next.release();
});

test('who holds a story can be asked without taking it', async () => {
  const storyId = await newStoryId();
  const leases = createStoryLeases(database.kysely);
  expect(await leases.holder(storyId)).toBeNull();
  const lease = await leases.acquire(storyId, 'me');
  expect(await leases.holder(storyId)).toBe('me');
  await lease.release();
  await abandonLease(storyId, '-1 second');
  expect(await leases.holder(storyId)).toBeNull();
  expect(await leases.holder('not-a-uuid')).toBeNull();
});

test('stories are held independently', async () => {
  const leases = createStoryLeases(database.kysely);
  const held = await Promise.all([leases.acquire(await newStoryId(), 'me'), leases.acquire(await newStoryId(), 'me')]);
  await Promise.all(held.map((lease) => lease.release()));
});

test.each([false, true])('of many at once, exactly one takes the story (expired lease left: %s)', async (left) => {
  const storyId = await newStoryId();
  if (left) await abandonLease(storyId, '-1 second');
  const leases = createStoryLeases(database.kysely);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 8 }, (_, index) => leases.acquire(storyId, `${index}`)),
  );
  const taken = outcomes.filter((outcome) => outcome.status === 'fulfilled');
  expect(taken).toHaveLength(1);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(failure('story_busy'));
  }
  await taken[0]?.value.release();
});

test('renewals keep a lease well beyond its first expiry', async () => {
  const storyId = await newStoryId();
  const lease = await createStoryLeases(database.kysely, { ttlMs: 60_000, renewEveryMs: 20 }).acquire(storyId, 'me');
  const first = (await leaseRow(storyId))?.expires_at ?? new Date();
  await expect.poll(async () => (await leaseRow(storyId))?.expires_at.getTime()).toBeGreaterThan(first.getTime());
  expect(lease.lost.aborted).toBe(false);
  await lease.release();
});

test('a holder whose lease went to somebody else is told, and releasing it leaves the new lease alone', async () => {
  const storyId = await newStoryId();
  const lease = await createStoryLeases(database.kysely, { ttlMs: 60_000, renewEveryMs: 20 }).acquire(storyId, 'me');
  await sql`update story_leases set fence = fence + 1000, holder = 'you' where story_id = ${storyId}`.execute(
    database.kysely,
  );
  await expect.poll(() => lease.lost.aborted).toBe(true);
  expect(lease.lost.reason).toMatchObject(failure('lease_lost'));
  await lease.release();
  expect(await leaseRow(storyId)).toMatchObject({ holder: 'you' });
});

/** Milliseconds until the lease expires. */
async function leftMs(storyId: string) {
  const left = sql<{ ms: number }>`
    select (extract(epoch from expires_at - clock_timestamp()) * 1000)::float8 as ms
    from story_leases where story_id = ${storyId}`;
  return (await left.execute(database.kysely)).rows[0]?.ms;
}

/** The time that a lease is good for, in milliseconds, and no more. */
async function expectToLast(storyId: string, ttlMs: number) {
  const left = (await leftMs(storyId)) ?? 0;
  expect(left).toBeLessThanOrEqual(ttlMs);
  expect(left).toBeGreaterThan(ttlMs / 2);
}

test.each<[string, number, { ttlMs?: number }]>([
  ['the usual time', STORY_LEASE_MS, {}],
  ['the time asked for', 60_000, { ttlMs: 60_000 }],
])('a lease is good for %s, and so is each renewal', async (_what, ttlMs, options) => {
  const storyId = await newStoryId();
  const lease = await createStoryLeases(database.kysely, { ...options, renewEveryMs: 50 }).acquire(storyId, 'me');
  await expectToLast(storyId, ttlMs);
  const first = (await leaseRow(storyId))?.expires_at;
  await expect.poll(async () => (await leaseRow(storyId))?.expires_at).not.toEqual(first);
  await expectToLast(storyId, ttlMs);
  await lease.release();
});

describe('renewals', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldClearNativeTimers: true });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test.each([
    ['every third of the lease, unless told', {}, 20_000],
    ['as often as told', { renewEveryMs: 7_000 }, 7_000],
  ])('come %s', async (_when, options, afterMs) => {
    const storyId = await newStoryId();
    const lease = await createStoryLeases(database.kysely, { ttlMs: 60_000, ...options }).acquire(storyId, 'me');
    const first = (await leaseRow(storyId))?.expires_at;
    await vi.advanceTimersByTimeAsync(afterMs);
    await expect.poll(async () => (await leaseRow(storyId))?.expires_at).not.toEqual(first);
    await lease.release();
  });

  test.each(['release', 'forget'] as const)('end with %s: nothing is lost after that', async (end) => {
    const storyId = await newStoryId();
    const lease = await createStoryLeases(database.kysely, { ttlMs: 60_000 }).acquire(storyId, 'me');
    await lease[end]();
    await database.kysely.deleteFrom('story_leases').where('story_id', '=', storyId).execute();
    await vi.advanceTimersByTimeAsync(60_000);
    await fillPool(database);
    expect(lease.lost.aborted).toBe(false);
  });
});

test('a lease that was forgotten is not released: something else has done that', async () => {
  const storyId = await newStoryId();
  const lease = await createStoryLeases(database.kysely).acquire(storyId, 'me');
  lease.forget();
  await lease.release();
  expect(await leaseRow(storyId)).toMatchObject({ holder: 'me' });
});

describe('a clock that is set', () => {
  const leases = () => createStoryLeases(database.kysely, { ttlMs: 60_000 });

  test('forward takes the story from no holder that still works on it', async () => {
    const storyId = await newStoryId();
    const { stories } = createStoryRepositories(database.kysely);
    const lease = await leases().acquire(storyId, 'me');
    await setBackStoredTimes(database, -6);
    expect(await leases().holder(storyId)).toBeNull();
    const bound = createStoryRepositories(database.kysely, lease).stories;
    await bound.reviseConstitution(storyId, 'still mine', 'generated');
    const renewal = sql`select renew_story_lease(${storyId}, ${lease.fence}, interval '1 minute') as renewed`;
    expect((await renewal.execute(database.kysely)).rows).toEqual([{ renewed: true }]);
    expect(await leases().holder(storyId)).toBe('me');
    expect(await stories.get(storyId)).toMatchObject({ storyConstitution: 'still mine' });
    await lease.release();
  });

  test('forward leaves the story to whoever takes it next, and to nobody else', async () => {
    const storyId = await newStoryId();
    const lost = await leases().acquire(storyId, 'me');
    await setBackStoredTimes(database, -6);
    const lease = await leases().acquire(storyId, 'you');
    const bound = createStoryRepositories(database.kysely, lost).stories;
    await expect(bound.reviseConstitution(storyId, 'x', 'chat')).rejects.toMatchObject(failure('lease_lost'));
    await lost.release();
    expect(await leases().holder(storyId)).toBe('you');
    await lease.release();
  });

  test.each<[string, (storyId: string) => Promise<unknown>]>([
    [
      'whoever is refused',
      (storyId) => expect(leases().acquire(storyId, 'me')).rejects.toMatchObject(failure('story_busy')),
    ],
    ['the one who looks after all', () => limitStoryLeases(database.kysely)],
  ])('back leaves a dead holder at most the duration that it asked for: shortened by %s', async (_who, cut) => {
    const storyId = await newStoryId();
    await abandonLease(storyId, '500 milliseconds');
    await setBackStoredTimes(database, 6);
    expect(await leftMs(storyId)).toBeGreaterThan(60 * 60 * 1_000);
    await cut(storyId);
    expect(await leftMs(storyId)).toBeLessThanOrEqual(500);
    const lease = await createStoryLeases(database.kysely, { awaitAbandoned: true }).acquire(storyId, 'me');
    expect(await leases().holder(storyId)).toBe('me');
    await lease.release();
  });

  test('back: whoever is refused shortens that lease and no other', async () => {
    const [storyId, other] = [await newStoryId(), await newStoryId()];
    for (const id of [storyId, other]) await abandonLease(id, '1 minute');
    await setBackStoredTimes(database, 6);
    await expect(leases().acquire(storyId, 'me')).rejects.toMatchObject(failure('story_busy'));
    expect(await leftMs(storyId)).toBeLessThanOrEqual(60_000);
    expect(await leftMs(other)).toBeGreaterThan(60 * 60 * 1_000);
  });

  test('not at all: shortening all leases prolongs none', async () => {
    const storyId = await newStoryId();
    await abandonLease(storyId, '1 minute');
    await sql`update story_leases set expires_at = expires_at - interval '40 seconds' where story_id = ${storyId}`.execute(
      database.kysely,
    );
    await limitStoryLeases(database.kysely);
    expect(await leftMs(storyId)).toBeLessThanOrEqual(20_000);
  });

  test('back leaves a living holder its story, however short others hold theirs', async () => {
    const storyId = await newStoryId();
    const lease = await leases().acquire(storyId, 'me');
    await setBackStoredTimes(database, 6);
    const impatient = createStoryLeases(database.kysely, { ttlMs: 1 });
    await expect(impatient.acquire(storyId, 'you')).rejects.toMatchObject(failure('story_busy'));
    expect(await leftMs(storyId)).toBeGreaterThan(30_000);
    await lease.release();
  });
});

test('whoever waits for abandoned leases takes the story once a dead holder no longer renews', async () => {
  const storyId = await newStoryId();
  await abandonLease(storyId, '400 milliseconds');
  const lease = await createStoryLeases(database.kysely, { awaitAbandoned: true }).acquire(storyId, 'me');
  expect(await leaseRow(storyId)).toMatchObject({ holder: 'me' });
  await lease.release();
});

test('whoever waits for abandoned leases still learns of a living holder', async () => {
  const storyId = await newStoryId();
  const lease = await createStoryLeases(database.kysely, { renewEveryMs: 50 }).acquire(storyId, 'a living one');
  const waiting = createStoryLeases(database.kysely, { awaitAbandoned: true }).acquire(storyId, 'me');
  await expect(waiting).rejects.toMatchObject({ ...failure('story_busy'), details: { holder: 'a living one' } });
  await lease.release();
});

test('whoever waits for abandoned leases gives up when told to', async () => {
  const storyId = await newStoryId();
  await abandonLease(storyId, '1 hour');
  const stop = new AbortController();
  const leases = createStoryLeases(database.kysely, { awaitAbandoned: true, signal: stop.signal });
  const waiting = leases.acquire(storyId, 'me');
  stop.abort(new StoryTreeError('cancelled', 'Stopped.'));
  await expect(waiting).rejects.toMatchObject(failure('cancelled'));
});

test('without a database, acquiring fails and releasing does not', async () => {
  const storyId = await newStoryId();
  const gone = await openDatabase({ databaseUrl: database.connectionString, home: '', log: () => {} });
  const leases = createStoryLeases(gone.kysely);
  const lease = await leases.acquire(storyId, 'me');
  await gone.close();
  await lease.release();
  await expect(leases.acquire(storyId, 'me')).rejects.toMatchObject({ name: 'StoryTreeError' });
});
