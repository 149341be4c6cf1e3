import { createTestDatabase } from '@story-tree/testkit/database/database.ts';
import { fillPool, line, NO_SUCH_ID, queuedTask, runningTask } from '@story-tree/testkit/database/fixtures.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Database } from '../connect.ts';
import { createStoryLeases } from '../leases.ts';
import { createStoryRepositories } from '../repositories/index.ts';
import { createStoryTaskRun, takeUpStoryTask } from './storyTaskRun.ts';
import { createStoryTasksRepository } from './storyTasks.ts';

let database: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  await fillPool(database);
});
afterAll(() => database.close());

const TTL_MS = 60_000;
const leases = () => createStoryLeases(database.kysely, { ttlMs: TTL_MS });
const tasks = () => createStoryTasksRepository(database.kysely);
const stepsOf = async (taskId: string) => (await tasks().events(taskId, 100)).map(({ step }) => step).toReversed();
const takeUp = (taskId: string) =>
  takeUpStoryTask(database.kysely, { taskId, holder: `task ${taskId}`, ttlMs: TTL_MS });

/** Of the lease on a story, in milliseconds: how long it lasts and what is left; and when it expires. */
async function leaseTimes(storyId: string) {
  const { rows } = await sql<{ duration: number; left: number; expiry: string }>`
    select (extract(epoch from duration) * 1000)::float8 as duration,
      (extract(epoch from expires_at - clock_timestamp()) * 1000)::float8 as left, expires_at::text as expiry
    from story_leases where story_id = ${storyId}`.execute(database.kysely);
  return rows[0];
}

describe('a task that cannot be run', () => {
  test('is not there', async () => {
    expect(await takeUp(NO_SUCH_ID)).toBeNull();
  });

  test('stays as it is while somebody else writes to its story', async () => {
    const { taskId, storyId } = await queuedTask(database.kysely);
    const other = await leases().acquire(storyId, 'command line');
    expect(await takeUp(taskId)).toMatchObject({ task: { status: 'queued' }, lease: null, story: null });
    expect(await tasks().get(taskId)).toMatchObject({ status: 'queued' });
    expect(await leases().holder(storyId)).toBe('command line');
    await other.release();
  });

  test('stays as it is when its story is deleted', async () => {
    const { taskId, storyId } = await queuedTask(database.kysely);
    await createStoryRepositories(database.kysely).stories.markDeleted(storyId);
    expect(await takeUp(taskId)).toMatchObject({ task: { status: 'queued' }, lease: null });
  });

  test.each(['succeeded', 'cancelled'] as const)('has %s', async (status) => {
    const { taskId, run } = await runningTask(database.kysely);
    await run.finish({ status }, line(status));
    const taken = await takeUp(taskId);
    expect(taken).toMatchObject({ task: { status }, resumed: false });
    expect((await stepsOf(taskId)).at(-1)).toBe(status);
    await taken?.lease?.release();
  });

  test('is to stop: the lease is there to end it with', async () => {
    const { taskId } = await runningTask(database.kysely);
    await tasks().cancel(taskId);
    const taken = await takeUp(taskId);
    expect(taken).toMatchObject({ task: { status: 'running', cancelRequestedAt: expect.any(Date) } });
    await createStoryTaskRun(database.kysely, taskId, taken?.lease ?? undefined).finish(
      { status: 'cancelled' },
      line('cancelled'),
    );
    await taken?.lease?.release();
  });
});

describe('a task that can be run', () => {
  test('is running, and its story is held, until that is given back', async () => {
    const { taskId, storyId } = await queuedTask(database.kysely);
    const taken = await takeUp(taskId);
    expect(taken).toMatchObject({ task: { id: taskId, status: 'running' }, resumed: false, lease: { storyId } });
    expect(taken?.task).toEqual(await tasks().get(taskId));
    expect(taken?.story).toEqual(await createStoryRepositories(database.kysely).stories.get(storyId));
    expect(await leases().holder(storyId)).toBe(`task ${taskId}`);
    await createStoryTaskRun(database.kysely, taskId, taken?.lease ?? undefined).record([line('unit')]);
    await taken?.lease?.release();
    expect(await leases().holder(storyId)).toBeNull();
  });

  test('has the lease for as long as was asked, and renews it every third of that', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldClearNativeTimers: true });
    onTestFinished(() => void vi.useRealTimers());
    const { taskId, storyId } = await queuedTask(database.kysely);
    const taken = await takeUp(taskId);
    const times = await leaseTimes(storyId);
    expect(times).toMatchObject({ duration: TTL_MS });
    expect(times?.left).toBeLessThanOrEqual(TTL_MS);
    expect(times?.left).toBeGreaterThan(TTL_MS / 2);
    await vi.advanceTimersByTimeAsync(TTL_MS / 3);
    await expect.poll(async () => (await leaseTimes(storyId))?.expiry).not.toBe(times?.expiry);
    expect((await leaseTimes(storyId))?.left).toBeLessThanOrEqual(TTL_MS);
    await taken?.lease?.release();
  });

  test('is taken over from a worker that died', async () => {
    const { taskId, run } = await runningTask(database.kysely);
    await run.draft({ turn: 1, text: 'half a' });
    const taken = await takeUp(taskId);
    expect(taken).toMatchObject({ task: { status: 'running' }, resumed: true });
    expect(await database.kysely.selectFrom('story_task_drafts').where('task_id', '=', taskId).execute()).toEqual([]);
    await taken?.lease?.release();
  });

  test('is taken up by one of many', async () => {
    const { taskId } = await queuedTask(database.kysely);
    const all = await Promise.all(Array.from({ length: 8 }, () => takeUp(taskId)));
    const held = all.filter((taken) => taken?.lease);
    expect(held).toHaveLength(1);
    expect(held).toMatchObject([{ resumed: false }]);
    await held[0]?.lease?.release();
  });
});
