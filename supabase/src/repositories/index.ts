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
 * Everything that is stored of stories. With a fence, every write belongs to that story and fails with `lease_lost` once
 * the lease is gone; without one, writes are not bound to a lease.
 *
 * Every method rejects with a `StoryTreeError`: `not_found` for a story that does not exist or was deleted,
 * `database_unavailable` while the database is away, `internal` for what the tables refuse.
 *
 * @param fence proof of the lease that writes are bound to
 * @param patience how to wait for a database that is away; without it, such a failure is reported at once
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
