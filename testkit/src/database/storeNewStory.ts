import { createStoryRepositories, type Database } from '@story-tree/supabase';
import { newStory } from './fixtures.ts';

/** Stores a story for which nothing has been generated yet. @returns its id */
export async function storeNewStory({ kysely }: Pick<Database, 'kysely'>): Promise<string> {
  const { id } = await createStoryRepositories(kysely).stories.create(newStory());
  return id;
}
