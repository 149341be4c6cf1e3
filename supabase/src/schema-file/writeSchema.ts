/**
 * Writes supabase/schema.sql: what the migrations make of an empty database.
 * Usage: node supabase/src/schema-file/writeSchema.ts
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '../connect.ts';
import { stopCluster } from '../embedded/stopCluster.ts';
import { migrate } from '../migrations/migrate.ts';
import { readSchema } from './readSchema.ts';

const FILE = path.resolve(import.meta.dirname, '../../schema.sql');
const log = (message: string) => console.error(message);

const home = await mkdtemp(path.join(tmpdir(), 'story-tree-schema-'));
try {
  const database = await openDatabase({ home, log });
  try {
    await migrate({ connectionString: database.connectionString, log });
    await writeFile(FILE, await readSchema(database.pool));
  } finally {
    await database.close();
  }
} finally {
  await stopCluster({ home });
  await rm(home, { recursive: true, force: true });
}
