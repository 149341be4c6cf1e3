import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '@story-tree/testkit/database/database.ts';
import { expect, onTestFinished, test } from 'vitest';
import { readSchema } from './readSchema.ts';

const committed = await readFile(path.resolve(import.meta.dirname, '../../schema.sql'), 'utf8');

async function opened(database: Promise<TestDatabase>): Promise<TestDatabase> {
  const { close } = await database;
  onTestFinished(close);
  return await database;
}

test('schema.sql shows what the migrations make', async () => {
  const { pool } = await opened(createTestDatabase());
  const actual = await readSchema(pool);
  expect(actual, 'Run `node supabase/src/schema-file/writeSchema.ts` and commit supabase/schema.sql.').toBe(committed);
});

test('schema.sql is complete: an empty database becomes the same by it', async () => {
  const { pool } = await opened(createEmptyDatabase());
  await pool.query(committed);
  expect(await readSchema(pool)).toBe(committed);
});
