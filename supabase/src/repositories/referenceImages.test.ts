import { createTestDatabase } from '@story-tree/testkit/database/database.ts';
import { failure, NO_SUCH_ID, newStory } from '@story-tree/testkit/database/fixtures.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../connect.ts';
import { createStoryRepositories } from './index.ts';

let database: Database;
let repositories: ReturnType<typeof createStoryRepositories>;

beforeAll(async () => {
  database = await createTestDatabase();
  repositories = createStoryRepositories(database.kysely);
});
afterAll(() => database.close());

test('images are set, replaced, listed by kind and id, and removed by kind', async () => {
  const { referenceImages, stories } = repositories;
  const { id } = await stories.create(newStory());
  const path = (name: string) => `generated/${id}/visuals/${name}.png`;
  const sea = { kind: 'environment', designId: 'sea', imagePath: path('sea') } as const;
  const zoe = { kind: 'character', designId: 'zoé', imagePath: path('zoe') } as const;
  const ada = { kind: 'character', designId: 'ada', imagePath: path('ada') } as const;
  for (const image of [sea, zoe, { ...ada, imagePath: path('old') }, ada]) await referenceImages.set(id, image);
  expect(await referenceImages.list(id)).toEqual([ada, zoe, sea]);

  await referenceImages.deleteAll(id, 'character');
  expect(await referenceImages.list(id)).toEqual([sea]);
});

test('is empty for an id that names no story, and writing to it is refused', async () => {
  const { referenceImages } = repositories;
  const image = { kind: 'character', designId: 'ada', imagePath: `generated/${NO_SUCH_ID}/ada.png` } as const;
  expect(await referenceImages.list('nope')).toEqual([]);
  await expect(referenceImages.set(NO_SUCH_ID, image)).rejects.toMatchObject(failure('not_found'));
  await expect(referenceImages.deleteAll('nope', 'character')).rejects.toMatchObject(failure('not_found'));
});

test("refuses a path outside the story's folder", async () => {
  const { id } = await repositories.stories.create(newStory());
  const image = { kind: 'character', designId: 'ada', imagePath: `generated/${NO_SUCH_ID}/ada.png` } as const;
  await expect(repositories.referenceImages.set(id, image)).rejects.toMatchObject(failure('internal'));
});
