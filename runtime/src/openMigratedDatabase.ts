import { type Database, type MigrateOptions, migrate, openDatabase } from '@story-tree/supabase';
import { type Environment, places } from './environment.ts';

/**
 * Opens the database that the environment names, or else the embedded one, and brings its schema up to date.
 * @param wait how long to wait for another process that does the latter
 * @throws StoryTreeError as `openDatabase` and `migrate` do; nothing is left open then
 */
export async function openMigratedDatabase(
  environment: Environment,
  log: (message: string) => void,
  wait: Pick<MigrateOptions, 'signal' | 'patienceMs'> = {},
): Promise<Database> {
  const { home } = places(environment);
  const database = await openDatabase({ databaseUrl: environment.DATABASE_URL, home, log });
  try {
    await migrate({ connectionString: database.connectionString, log, ...wait });
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
