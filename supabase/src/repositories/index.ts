import type { StoryRepositories } from '@story-tree/domain';
import type { Kysely } from 'kysely';
import type { Patience } from '../patience.ts';
import type { DB } from '../schema.ts';
import { createReferenceImagesRepository } from './referenceImages.ts';
import { createSceneletsRepository } from './scenelets.ts';
import { createShotsRepository } from './shots.ts';
import { createStoriesRepository } from './stories.ts';
import { createStoryAccess, type StoryFence } from './storyAccess.ts';

/**
 * All that is stored of stories. With a fence, every write belongs to that story and fails with `lease_lost` once the
 * lease is gone; without one, writes are not bound to a lease. Failures are `StoryTreeError`s throughout.
 * @param patience for a database that is away; without it, such a failure is told at once
 */
export function createStoryRepositories(db: Kysely<DB>, fence?: StoryFence, patience?: Patience): StoryRepositories {
  const access = createStoryAccess(db, fence, patience);
  return {
    stories: createStoriesRepository(access),
    scenelets: createSceneletsRepository(access),
    shots: createShotsRepository(access),
    referenceImages: createReferenceImagesRepository(access),
    whileHeld: access.whileHeld,
  };
}
