import { createTestDatabase } from '@story-tree/testkit/database/database.ts';
import {
  NO_SUCH_ID,
  newCall,
  newShot,
  newStory,
  newTask,
  OUTCOME,
  storyWithChoices,
} from '@story-tree/testkit/database/fixtures.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../connect.ts';
import { createModelCallJournal } from '../journal.ts';
import { createStoryTasksRepository } from '../story-tasks/storyTasks.ts';
import { createStoryRepositories } from './index.ts';
import { createStoryOverview } from './storyOverview.ts';

let database: Database;
let repositories: ReturnType<typeof createStoryRepositories>;

beforeAll(async () => {
  database = await createTestDatabase();
  repositories = createStoryRepositories(database.kysely);
});
afterAll(() => database.close());

const overview = () => createStoryOverview(database.kysely);

/** The root with two shots, its left choice with one. */
async function storyWithShots() {
  const story = await storyWithChoices(repositories);
  const { storyId, root, left } = story;
  await repositories.shots.replaceForScenelet(storyId, root.id, 1, [newShot(1), newShot(2)]);
  await repositories.shots.replaceForScenelet(storyId, left.id, 2, [newShot(1)]);
  const [first, second, third] = (await repositories.shots.list(storyId)).map(({ id }) => id);
  const path = (file: string) => `generated/${storyId}/${file}`;
  const environment = (designId: string) =>
    repositories.referenceImages.set(storyId, { kind: 'environment', designId, imagePath: path(`${designId}.png`) });
  return { ...story, first: first ?? '', second: second ?? '', third: third ?? '', path, environment };
}

test.each([NO_SUCH_ID, 'no-uuid', ''])('there is no story %j', async (id) => {
  expect(await overview().get(id)).toBeNull();
});

test('a deleted story is left out', async () => {
  const { id } = await repositories.stories.create(newStory());
  await repositories.stories.markDeleted(id);
  expect(await overview().get(id)).toBeNull();
  expect((await overview().list()).map((entry) => entry.id)).not.toContain(id);
});

test('of a new story everything is zero', async () => {
  const story = await repositories.stories.create(newStory({ mode: 'real' }));
  expect(await overview().get(story.id)).toEqual({
    id: story.id,
    displayName: story.displayName,
    mode: 'real',
    initialPrompt: story.initialPrompt,
    createdAt: story.createdAt,
    keyArtPath: null,
    scenelets: 0,
    endings: 0,
    shots: 0,
    keyFrames: 0,
    spokenShots: 0,
    playable: false,
    costUsd: 0,
    activeTaskId: null,
  });
});

test('counts what there is, each once', async () => {
  const { storyId, first, second, third, path, environment } = await storyWithShots();
  await environment('shore');
  await repositories.shots.setKeyFrame(storyId, first, path('1.png'));
  await repositories.shots.setKeyFrame(storyId, third, path('3.png'));
  for (const shot of [first, second, third]) await repositories.shots.setAudio(storyId, shot, path(`${shot}.wav`));
  const journal = createModelCallJournal(database.kysely);
  for (const costUsd of [0.25, null, 0.5]) {
    await journal.commit(await journal.start(newCall(storyId), {}, new Map()), { text: 'x' }, { ...OUTCOME, costUsd });
  }
  await journal.fail(await journal.start(newCall(storyId), {}, new Map()), 'model_empty', 1, {
    ...OUTCOME,
    costUsd: 1,
  });
  expect(await overview().get(storyId)).toMatchObject({
    ...{ scenelets: 3, endings: 1, shots: 3, keyFrames: 2, spokenShots: 3, playable: true, costUsd: 1.75 },
    keyArtPath: path('1.png'),
  });
});

test('is playable once its first scenelet has something to show or to say', async () => {
  const { storyId, second, third, path } = await storyWithShots();
  const isPlayable = async () => (await overview().get(storyId))?.playable;
  await repositories.shots.setKeyFrame(storyId, third, path('3.png'));
  expect(await isPlayable()).toBe(false);
  await repositories.shots.setAudio(storyId, second, path('2.wav'));
  expect(await isPlayable()).toBe(true);
});

test('is represented by its first key frame, otherwise by an environment', async () => {
  const { storyId, second, third, path, environment } = await storyWithShots();
  const keyArt = async () => (await overview().get(storyId))?.keyArtPath;
  const sheet = { kind: 'character', designId: 'ada', imagePath: path('ada.png') } as const;
  await repositories.referenceImages.set(storyId, sheet);
  expect(await keyArt()).toBeNull();
  await environment('shore');
  await environment('attic');
  expect(await keyArt()).toBe(path('attic.png'));
  await repositories.shots.setKeyFrame(storyId, third, path('3.png'));
  expect(await keyArt()).toBe(path('3.png'));
  await repositories.shots.setKeyFrame(storyId, second, path('2.png'));
  expect(await keyArt()).toBe(path('2.png'));
});

test('names the task that holds the story, and no other', async () => {
  const { id } = await repositories.stories.create(newStory());
  const tasks = createStoryTasksRepository(database.kysely);
  const active = async () => (await overview().get(id))?.activeTaskId;
  await tasks.enqueue(newTask(id, { exclusive: false }));
  expect(await active()).toBeNull();
  const { task } = await tasks.enqueue(newTask(id));
  expect(await active()).toBe(task.id);
  await tasks.cancel(task.id);
  expect(await active()).toBeNull();
});

test('lists every story once, the newest first', async () => {
  const older = await storyWithShots();
  const newer = await repositories.stories.create(newStory());
  const list = await overview().list();
  expect(list.slice(0, 2).map(({ id }) => id)).toEqual([newer.id, older.storyId]);
  expect(list).toHaveLength((await repositories.stories.list()).length);
  expect(list[1]).toEqual(await overview().get(older.storyId));
});
