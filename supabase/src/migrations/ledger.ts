import { StoryTreeError } from '@story-tree/domain';
import type pg from 'pg';
import type { MigrationFile } from './migrationFiles.ts';
import { canonicalSql } from './sqlText.ts';

export interface LedgerEntry {
  version: string;
  name: string | null;
  /** Null where somebody marked a migration as applied by hand. */
  statements: string[] | null;
}

/** The very table that the Supabase CLI makes and reads, so that either may go on where the other stopped. */
const CREATE_LEDGER = `
  create schema if not exists supabase_migrations;
  create table if not exists supabase_migrations.schema_migrations (version text not null primary key);
  alter table supabase_migrations.schema_migrations add column if not exists statements text[];
  alter table supabase_migrations.schema_migrations add column if not exists name text;
`;

export async function createLedger(client: pg.ClientBase): Promise<void> {
  await client.query(CREATE_LEDGER);
}

/** Whether it is there, and whole. */
export async function hasLedger(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ columns: number }>(
    `select count(*)::integer as columns from information_schema.columns
     where table_schema = 'supabase_migrations' and table_name = 'schema_migrations'
       and column_name in ('version', 'name', 'statements')`,
  );
  return rows[0]?.columns === 3;
}

/** What has been applied, oldest first. */
export async function readLedger(client: pg.ClientBase): Promise<LedgerEntry[]> {
  const { rows } = await client.query<LedgerEntry>(
    // As JSON, which is read at once; pg would read the arrays letter by letter.
    `select version, name, to_json(statements) as statements
     from supabase_migrations.schema_migrations order by version collate "C"`,
  );
  return rows;
}

/** The file is one entry of `statements`, where the Supabase CLI makes one of each statement: neither minds the other. */
export async function writeLedger(client: pg.ClientBase, file: MigrationFile): Promise<void> {
  await client.query(
    'insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, $3)',
    [file.version, file.name, [file.sql]],
  );
}

/**
 * The migrations still to apply, oldest first.
 *
 * @throws StoryTreeError `not_configured` when database and files do not go together: a newer database, a changed file,
 * a file that is missing or came too late.
 */
export function pendingMigrations(files: readonly MigrationFile[], ledger: readonly LedgerEntry[]): MigrationFile[] {
  const newestFile = files.at(-1)?.version ?? '';
  const newestApplied = ledger.at(-1)?.version ?? '';
  const byVersion = new Map(files.map((file) => [file.version, file]));
  for (const entry of ledger) checkApplied(entry, byVersion.get(entry.version), newestFile);
  const applied = new Set(ledger.map(({ version }) => version));
  const pending = files.filter(({ version }) => !applied.has(version));
  const late = pending.find(({ version }) => version < newestApplied);
  if (late === undefined) return pending;
  throw mismatch(
    `The migration ${late.fileName} is older than ${newestApplied}, which the database already has: give it a later timestamp.`,
  );
}

function checkApplied(entry: LedgerEntry, file: MigrationFile | undefined, newestFile: string): void {
  const label = entry.name ? `${entry.version}_${entry.name}` : entry.version;
  if (file === undefined && entry.version > newestFile) {
    throw mismatch(
      `The database is newer than this version of Story Tree (it has migration ${label}): update Story Tree.`,
    );
  }
  if (file === undefined) {
    throw mismatch(`The database has migration ${label}, but its file is missing here: restore the file.`);
  }
  if (entry.statements !== null && !isSameSql(entry.statements.join('\n;\n'), file.sql)) {
    throw mismatch(
      `The migration ${file.fileName} was changed after the database had it: undo the change and put it into a new migration.`,
    );
  }
}

/** Nearly always the texts are equal as they are. */
function isSameSql(applied: string, sql: string): boolean {
  return applied === sql || canonicalSql(applied) === canonicalSql(sql);
}

function mismatch(message: string): StoryTreeError {
  return new StoryTreeError('not_configured', message);
}
