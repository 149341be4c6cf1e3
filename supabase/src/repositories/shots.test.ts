import { createTestDatabase } from '@story-tree/testkit/database/database.ts';
import {
  failure,
  fillPool,
  HOSTILE_TEXT,
  HOSTILE_TEXT_STORED,
  NO_SUCH_ID,
  newShot,
  storyWithChoices,
} from '@story-tree/testkit/database/fixtures.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../connect.ts';
import { createStoryRepositories } from './index.ts';

let database: Database;
let repositories: ReturnType<typeof createStoryRepositories>;

beforeAll(async () => {
  database = await createTestDatabase();
  await fillPool(database);
  repositories = createStoryRepositories(database.kysely);
});
afterAll(() => database.close());

const places = async (storyId: string) =>
  (await repositories.shots.list(storyId)).map((shot) => [shot.sceneletSequence, shot.shotIndex]);

async function storyWithShot() {
  const { storyId, left } = await storyWithChoices(repositories);
  await repositories.shots.replaceForScenelet(storyId, left.id, 2, [newShot(1)]);
  const [shot] = await repositories.shots.list(storyId);
  if (shot === undefined) throw new Error('no shot');
  return { storyId, left, shot };
}

describe('replaceForScenelet and list', () => {
  test('shots come back as given, by scenelet sequence and shot index', async () => {
    const { storyId, root, left } = await storyWithChoices(repositories);
    const hostile = newShot(2, { composition_and_content: HOSTILE_TEXT });
    await repositories.shots.replaceForScenelet(storyId, left.id, 2, [hostile, newShot(1)]);
    await repositories.shots.replaceForScenelet(storyId, root.id, 1, [newShot(1)]);
    expect(await places(storyId)).toEqual([
      [1, 1],
      [2, 1],
      [2, 2],
    ]);
    expect((await repositories.shots.list(storyId))[2]).toEqual({
      id: expect.any(String),
      storyId,
      sceneletId: left.id,
      sceneletSequence: 2,
      shotIndex: 2,
      storyboard: { ...hostile.storyboard, composition_and_content: HOSTILE_TEXT_STORED },
      keyFrameImagePath: null,
      audioFilePath: null,
    });
  });

  test('replaces what was there, also with nothing', async () => {
    const { storyId, left } = await storyWithChoices(repositories);
    await repositories.shots.replaceForScenelet(storyId, left.id, 2, [newShot(1), newShot(2), newShot(3)]);
    await repositories.shots.replaceForScenelet(storyId, left.id, 2, [newShot(1)]);
    expect(await places(storyId)).toEqual([[2, 1]]);
    await repositories.shots.replaceForScenelet(storyId, left.id, 2, []);
    expect(await places(storyId)).toEqual([]);
  });

  test.each([
    ['an index twice', [newShot(1), newShot(1)]],
    ['an index below 1', [newShot(0)]],
  ])('keeps the old shots when the new ones have %s', async (_what, shots) => {
    const { storyId, left, shot } = await storyWithShot();
    const replacement = repositories.shots.replaceForScenelet(storyId, left.id, 2, shots);
    await expect(replacement).rejects.toMatchObject(failure('internal'));
    expect(await repositories.shots.list(storyId)).toEqual([shot]);
  });

  test('of replacements at once, the last stays whole', async () => {
    const { storyId, left } = await storyWithChoices(repositories);
    const three = [newShot(1), newShot(2), newShot(3)];
    await Promise.all(
      Array.from({ length: 6 }, () => repositories.shots.replaceForScenelet(storyId, left.id, 2, three)),
    );
    expect(await places(storyId)).toEqual([
      [2, 1],
      [2, 2],
      [2, 3],
    ]);
  });

  test("refuses unknown scenelets and another story's", async () => {
    const { storyId } = await storyWithChoices(repositories);
    const other = await storyWithChoices(repositories);
    for (const sceneletId of [NO_SUCH_ID, 'scenelet-1', other.left.id]) {
      const replacement = repositories.shots.replaceForScenelet(storyId, sceneletId, 1, [newShot(1)]);
      await expect(replacement).rejects.toMatchObject(failure('not_found'));
    }
  });

  test('list is empty for an id that names no story', async () => {
    expect(await repositories.shots.list('nope')).toEqual([]);
  });
});

test('renumber moves the shots of the scenelets that are named', async () => {
  const { storyId, root, left, right } = await storyWithChoices(repositories);
  await repositories.shots.replaceForScenelet(storyId, root.id, 1, [newShot(1)]);
  await repositories.shots.replaceForScenelet(storyId, left.id, 2, [newShot(1), newShot(2)]);
  await repositories.shots.replaceForScenelet(storyId, right.id, 3, [newShot(1)]);
  await repositories.shots.renumber(
    storyId,
    new Map([
      [left.id, 7],
      [right.id, 4],
      [NO_SUCH_ID, 9],
    ]),
  );
  expect(await places(storyId)).toEqual([
    [1, 1],
    [4, 1],
    [7, 1],
    [7, 2],
  ]);
  await repositories.shots.renumber(storyId, new Map());
  expect(await places(storyId)).toHaveLength(4);
});

describe('setKeyFrame and setAudio', () => {
  test('record a path and take it back', async () => {
    const { storyId, shot } = await storyWithShot();
    const folder = `generated/${storyId}/shots/scenelet-2a`;
    await repositories.shots.setKeyFrame(storyId, shot.id, `${folder}/1_key_frame.png`);
    await repositories.shots.setAudio(storyId, shot.id, `${folder}/1_audio.wav`);
    expect(await repositories.shots.list(storyId)).toEqual([
      { ...shot, keyFrameImagePath: `${folder}/1_key_frame.png`, audioFilePath: `${folder}/1_audio.wav` },
    ]);
    await repositories.shots.setKeyFrame(storyId, shot.id, null);
    await repositories.shots.setAudio(storyId, shot.id, null);
    expect(await repositories.shots.list(storyId)).toEqual([shot]);
  });

  test("refuse unknown shots and another story's", async () => {
    const { storyId } = await storyWithShot();
    const other = await storyWithShot();
    for (const shotId of [NO_SUCH_ID, '1', other.shot.id]) {
      await expect(repositories.shots.setAudio(storyId, shotId, null)).rejects.toMatchObject(failure('not_found'));
    }
  });

  test.each(['/etc/passwd', `generated/${NO_SUCH_ID}/shots/x.png`])(
    "refuse a path outside the story's folder: %s",
    async (path) => {
      const { storyId, shot } = await storyWithShot();
      await expect(repositories.shots.setKeyFrame(storyId, shot.id, path)).rejects.toMatchObject(failure('internal'));
    },
  );
});

test('deleteAll leaves the scenelets and other stories alone', async () => {
  const { storyId } = await storyWithShot();
  const other = await storyWithShot();
  await repositories.shots.deleteAll(storyId);
  expect(await repositories.shots.list(storyId)).toEqual([]);
  expect(await repositories.scenelets.list(storyId)).toHaveLength(3);
  expect(await repositories.shots.list(other.storyId)).toHaveLength(1);
});
