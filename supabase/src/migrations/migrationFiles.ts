import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { StoryTreeError } from '@story-tree/domain';

export interface MigrationFile {
  /** Fourteen digits; the order of the migrations. */
  version: string;
  name: string;
  fileName: string;
  sql: string;
}

const FILE_NAME = /^(\d{14})_(.+)\.sql$/;

/**
 * The migrations of a folder, oldest first.
 *
 * @throws StoryTreeError `file_error` for a folder that cannot be read, a file that is not named like a migration, or
 * two of one version.
 */
export async function readMigrations(directory: string): Promise<MigrationFile[]> {
  const fileNames = (await listFolder(directory)).filter((name) => name.endsWith('.sql')).sort();
  const files = await Promise.all(fileNames.map((fileName) => readMigration(directory, fileName)));
  const twin = files.find((file, index) => file.version === files[index - 1]?.version);
  if (twin !== undefined) {
    throw new StoryTreeError('file_error', `Two migrations have the version ${twin.version}: rename one of them.`);
  }
  return files;
}

async function listFolder(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (cause) {
    throw new StoryTreeError('file_error', `The migrations in ${directory} cannot be read.`, { cause });
  }
}

async function readMigration(directory: string, fileName: string): Promise<MigrationFile> {
  const [, version, name] = FILE_NAME.exec(fileName) ?? [];
  if (version === undefined || name === undefined) {
    throw new StoryTreeError(
      'file_error',
      `${fileName} is not named like a migration: <14 digits of date and time>_<name>.sql.`,
    );
  }
  const sql = await readFile(path.join(directory, fileName), 'utf8');
  return { version, name, fileName, sql };
}
