import { createStoryRepositories, type Database } from '@story-tree/supabase';
import { newStory } from './fixtures.ts';

/** Puts a story into the database of which nothing has been made yet. @returns its id */
export async function storeNewStory({ kysely }: Pick<Database, 'kysely'>): Promise<string> {
  const { id } = await createStoryRepositories(kysely).stories.create(newStory());
  return id;
}
