import { createTestDatabase, lockWaiters } from '@story-tree/testkit/database/database.ts';
import {
  failure,
  newCall,
  newScenelet,
  newShot,
  newStory,
  OUTCOME,
  stagedFile,
  storyWithChoices,
} from '@story-tree/testkit/database/fixtures.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../connect.ts';
import { createModelCallJournal } from '../journal.ts';
import { createStoryLeases } from '../leases.ts';
import { createStoryRepositories } from './index.ts';
import { createStoryAccess } from './storyAccess.ts';

let database: Database;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** As if the holder had been stopped for longer than its lease lasts. */
async function expireLease(storyId: string) {
  await database.kysely
    .updateTable('story_leases')
    .set({ expires_at: sql<Date>`clock_timestamp() - interval '1 second'` })
    .where('story_id', '=', storyId)
    .execute();
}

describe('under a lease', () => {
  const open = (fence?: { storyId: string; fence: string }) => ({
    ...createStoryRepositories(database.kysely, fence),
    journal: createModelCallJournal(database.kysely, fence),
  });
  let story: Awaited<ReturnType<typeof storyWithChoices>> & { shotId: string };

  beforeEach(async () => {
    const { shots, ...repositories } = open();
    const { storyId, left, ...others } = await storyWithChoices({ shots, ...repositories });
    await shots.replaceForScenelet(storyId, left.id, 2, [newShot(1)]);
    const [shot] = await shots.list(storyId);
    story = { storyId, left, ...others, shotId: shot?.id ?? '' };
  });

  /** Every write that there is, each on its own. */
  function writes(
    { stories, scenelets, shots, referenceImages, journal, whileHeld }: ReturnType<typeof open>,
    callId: string,
  ) {
    const { storyId, left, shotId } = story;
    const next = { parentId: left.id, choicePrompt: null, scenelets: [newScenelet('scenelet-3a')] };
    const image = { kind: 'character', designId: 'ada', imagePath: `generated/${storyId}/ada.png` } as const;
    return {
      saveConstitution: () =>
        stories.saveConstitution(storyId, { markdown: 'x', targetSceneletsPerPath: 1, proposedTitle: 'x' }),
      reviseConstitution: () => stories.reviseConstitution(storyId, 'x', 'chat'),
      saveVisualDesign: () => stories.saveVisualDesign(storyId, null),
      saveVisualReference: () => stories.saveVisualReference(storyId, null),
      saveAudioDesign: () => stories.saveAudioDesign(storyId, null),
      addStep: () => scenelets.addStep(storyId, next),
      markTerminal: () => scenelets.markTerminal(storyId, left.id),
      deleteScenelets: () => scenelets.deleteAll(storyId),
      replaceShots: () => shots.replaceForScenelet(storyId, left.id, 2, [newShot(1)]),
      renumber: () => shots.renumber(storyId, new Map([[left.id, 9]])),
      setKeyFrame: () => shots.setKeyFrame(storyId, shotId, `generated/${storyId}/late.png`),
      setAudio: () => shots.setAudio(storyId, shotId, `generated/${storyId}/late.wav`),
      setKeyFrameOfNoShot: () => shots.setKeyFrame(storyId, left.id, null),
      deleteShots: () => shots.deleteAll(storyId),
      setImage: () => referenceImages.set(storyId, image),
      deleteImages: () => referenceImages.deleteAll(storyId, 'character'),
      startCall: () => journal.start(newCall(storyId), {}, new Map([['aa', 'text']])),
      commitCall: () => journal.commit(callId, { text: 'reply' }, OUTCOME),
      failCall: () => journal.fail(callId, 'model_empty', 1),
      discardCall: () => journal.discard([callId]),
      whileHeld: () => whileHeld(storyId, async () => expect.unreachable()),
      commitFile: () =>
        journal.commit(callId, { file: stagedFile('x.png', { publish: async () => expect.unreachable() }) }, OUTCOME),
      markDeleted: () => stories.markDeleted(storyId),
    };
  }

  async function everythingStored() {
    const tables = [
      'stories',
      'constitution_versions',
      'scenelets',
      'shots',
      'reference_images',
      'model_calls',
    ] as const;
    return await Promise.all(
      tables.map(async (table) => {
        const { rows } = await sql`select * from ${sql.table(table)} order by 1, 2`.execute(database.kysely);
        return rows;
      }),
    );
  }

  test('the holder writes', async () => {
    const lease = await createStoryLeases(database.kysely).acquire(story.storyId, 'me');
    const { scenelets, journal } = open(lease);
    await scenelets.markTerminal(story.storyId, story.left.id);
    const callId = await journal.start(newCall(story.storyId), {}, new Map());
    await journal.commit(callId, { text: 'reply' }, OUTCOME);
    await lease.release();
    expect((await scenelets.list(story.storyId))[1]).toMatchObject({ isTerminalNode: true });
  });

  test('one whose lease ran out goes on writing until somebody takes the story', async () => {
    const lease = await createStoryLeases(database.kysely, { renewEveryMs: 60_000 }).acquire(story.storyId, 'me');
    await expireLease(story.storyId);
    const { scenelets } = open(lease);
    await scenelets.markTerminal(story.storyId, story.left.id);
    expect((await scenelets.list(story.storyId))[1]).toMatchObject({ isTerminalNode: true });
    await lease.release();
  });

  test.each([
    [
      'went to somebody else',
      async (storyId: string) => {
        await expireLease(storyId);
        await createStoryLeases(database.kysely, { renewEveryMs: 60_000 }).acquire(storyId, 'somebody else');
      },
    ],
    [
      'was released',
      (storyId: string) => database.kysely.deleteFrom('story_leases').where('story_id', '=', storyId).execute(),
    ],
  ])('once it %s, not one write goes through', async (_how, lose) => {
    const lease = await createStoryLeases(database.kysely, { renewEveryMs: 60_000 }).acquire(story.storyId, 'me');
    const repositories = open(lease);
    const callId = await repositories.journal.start(newCall(story.storyId), {}, new Map());
    await lose(story.storyId);

    const before = await everythingStored();
    for (const [name, write] of Object.entries(writes(repositories, callId))) {
      await expect(write(), name).rejects.toMatchObject(failure('lease_lost'));
    }
    expect(await everythingStored()).toEqual(before);
  });

  test('renaming needs no lease', async () => {
    const lease = await createStoryLeases(database.kysely).acquire(story.storyId, 'me');
    await lease.release();
    await open(lease).stories.rename(story.storyId, 'New');
    expect(await open().stories.get(story.storyId)).toMatchObject({ displayName: 'New' });
  });

  test('a write to another story is refused as a bug', async () => {
    const other = await open().stories.create(newStory());
    const lease = await createStoryLeases(database.kysely).acquire(story.storyId, 'me');
    const write = open(lease).scenelets.deleteAll(other.id);
    await expect(write).rejects.toMatchObject({ ...failure('internal'), cause: { message: /another|lease on story/ } });
    await lease.release();
  });

  test('whoever takes an expired lease waits for the write under way, which counts', async () => {
    const leases = createStoryLeases(database.kysely, { renewEveryMs: 60_000 });
    const lease = await leases.acquire(story.storyId, 'me');
    const order: string[] = [];
    let takeover: Promise<unknown> | undefined;
    await createStoryAccess(database.kysely, lease).write(story.storyId, async (tx) => {
      await expireLease(story.storyId);
      takeover = leases.acquire(story.storyId, 'somebody else').then(() => order.push('taken over'));
      await expect.poll(() => lockWaiters(database, 'acquire_story_lease')).toBe(1);
      await tx.updateTable('scenelets').set({ is_terminal_node: true }).where('id', '=', story.left.id).execute();
      order.push('written');
    });
    await takeover;
    expect(order).toEqual(['written', 'taken over']);
    expect((await open().scenelets.list(story.storyId))[1]).toMatchObject({ isTerminalNode: true });
  });

  test('whoever takes an expired lease waits for work that is done while the story is held', async () => {
    const leases = createStoryLeases(database.kysely, { renewEveryMs: 60_000 });
    const lease = await leases.acquire(story.storyId, 'me');
    const order: string[] = [];
    let takeover: Promise<unknown> | undefined;
    await open(lease).whileHeld(story.storyId, async () => {
      await expireLease(story.storyId);
      takeover = leases.acquire(story.storyId, 'somebody else').then(() => order.push('taken over'));
      await expect.poll(() => lockWaiters(database, 'acquire_story_lease')).toBe(1);
      order.push('worked');
    });
    await takeover;
    expect(order).toEqual(['worked', 'taken over']);
  });

  test('the holder can renew while it writes', async () => {
    const lease = await createStoryLeases(database.kysely, { renewEveryMs: 60_000 }).acquire(story.storyId, 'me');
    await createStoryAccess(database.kysely, lease).write(story.storyId, async () => {
      await database.kysely.transaction().execute(async (tx) => {
        await sql`set local lock_timeout = '100ms'`.execute(tx);
        const renewal = sql<{ renewed: boolean }>`
          select renew_story_lease(${story.storyId}, ${lease.fence}, interval '1 minute') as renewed
        `;
        expect((await renewal.execute(tx)).rows).toEqual([{ renewed: true }]);
      });
    });
    await lease.release();
  });
});

describe('errors', () => {
  test('a connection that breaks within a write is told as such, and nothing of the write stays', async () => {
    const repositories = createStoryRepositories(database.kysely);
    const { id } = await repositories.stories.create(newStory());
    const write = createStoryAccess(database.kysely).write(id, async (tx) => {
      await tx.updateTable('stories').set({ display_name: 'half' }).where('id', '=', id).execute();
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(database.kysely);
      await tx.updateTable('stories').set({ display_name: 'whole' }).where('id', '=', id).execute();
    });
    await expect(write).rejects.toMatchObject(failure('database_unavailable'));
    expect(await repositories.stories.get(id)).toMatchObject({ displayName: 'A working title' });
  });
});
