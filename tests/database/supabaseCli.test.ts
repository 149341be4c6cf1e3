import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { migrate } from '@story-tree/supabase';
import { createEmptyDatabase, type TestDatabase } from '@story-tree/testkit/database/database.ts';
import { ownEnvironment } from '@story-tree/testkit/programs/processEnvironment.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canonicalSql } from '../../supabase/src/migrations/sqlText.ts';

const run = promisify(execFile);
const ROOT = path.resolve(import.meta.dirname, '../..');
/** Of all platforms, only this one's package comes with a hash that we could check. */
const CLI = path.join(ROOT, 'node_modules/@supabase/cli-linux-x64/bin/supabase');
const silent = () => undefined;

let database: TestDatabase;
/** A project folder of its own, since the CLI leaves notes in the one that it works in. */
let project: string;

beforeEach(async () => {
  database = await createEmptyDatabase();
  project = await mkdtemp(path.join(tmpdir(), 'story-tree-cli-'));
  for (const part of ['config.toml', 'migrations']) {
    await cp(path.join(ROOT, 'supabase', part), path.join(project, 'supabase', part), { recursive: true });
  }
});

afterEach(async () => {
  await database.close();
  await rm(project, { recursive: true });
});

/** Runs the official CLI against the database, with everything off that would call home. */
async function push(): Promise<string> {
  const remote = new URL(database.connectionString);
  // Meant for our own client; the CLI would take it for a setting of the server's.
  remote.searchParams.delete('require_auth');
  const args = ['db', 'push', '--yes', '--skip-vault', `--remote=${remote}`];
  const env = {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    HOME: project,
    SUPABASE_HOME: path.join(project, 'cli'),
    SUPABASE_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
    SUPABASE_NO_UPDATE_NOTIFIER: '1',
    SUPABASE_NO_KEYRING: '1',
  };
  const { stdout, stderr } = await run(CLI, args, { cwd: project, env });
  return stdout + stderr;
}

function migrateOurselves(): Promise<string[]> {
  return migrate({ connectionString: database.connectionString, log: silent });
}

async function ledger() {
  const { rows: entries } = await database.pool.query<{ version: string; name: string; statements: string[] }>(
    'select version, name, statements from supabase_migrations.schema_migrations order by version',
  );
  const { rows: columns } = await database.pool.query(
    `select attname, atttypid::regtype::text as type, attnotnull from pg_attribute
      where attrelid = 'supabase_migrations.schema_migrations'::regclass and attnum > 0 order by attname`,
  );
  return { entries, columns };
}

/** The CLI makes an entry of each statement and we make one of the file: what they say is compared. */
function contentOf({ entries, columns }: Awaited<ReturnType<typeof ledger>>) {
  return {
    columns,
    entries: entries.map((entry) => ({ ...entry, statements: canonicalSql(entry.statements.join(';')) })),
  };
}

describe('the Supabase CLI and our own runner', () => {
  it('find nothing to do after each other, and write the same ledger', async (context) => {
    if (!existsSync(CLI) && !ownEnvironment().CI) context.skip('the Supabase CLI is installed on Linux x64 only');
    expect(await push()).toContain('Applying migration');
    const theirs = await ledger();
    expect(await migrateOurselves()).toEqual([]);

    await database.close();
    database = await createEmptyDatabase();
    expect((await migrateOurselves()).length).toBe(theirs.entries.length);
    const ours = await ledger();
    expect(contentOf(ours)).toEqual(contentOf(theirs));
    expect(await push()).toContain('up to date');
    expect(await ledger()).toEqual(ours);
  });
});
