import { fileURLToPath } from 'node:url';
import { StoryTreeError } from '@story-tree/domain';
import pg from 'pg';
import { type LockWait, SILENCE_SECONDS, withAdvisoryLock } from '../advisoryLock.ts';
import { Client } from '../client.ts';
import { mapDatabaseError } from '../databaseErrors.ts';
import { describeConnectFailure } from '../databaseUrl.ts';
import { connectionOptions, prepareSession } from '../session.ts';
import { createLedger, hasLedger, pendingMigrations, readLedger, writeLedger } from './ledger.ts';
import { type MigrationFile, readMigrations } from './migrationFiles.ts';
import { statementPlaces } from './sqlText.ts';

const MIGRATIONS = fileURLToPath(new URL('../../migrations/', import.meta.url));
/** Any number will do, as long as everybody who migrates takes the same. */
export const MIGRATION_LOCK = 5_371_026_001;
/** A migration may take long, but neither wait long for programs at work nor stand still. */
const MIGRATING = {
  statement_timeout: '0',
  lock_timeout: `${SILENCE_SECONDS}s`,
  idle_in_transaction_session_timeout: `${SILENCE_SECONDS}s`,
};
const TRANSACTION_COMMAND = /^(begin|commit|end|rollback|abort|savepoint|start\s+transaction)\b/i;

export interface MigrateOptions {
  /** Address of the database, with a user who may create tables and roles. */
  connectionString: string;
  /** Told the name of each file that is applied, and who is waited for. */
  log: (message: string) => void;
  /** Gives up waiting for another process that migrates; a migration that has begun is completed. */
  signal?: AbortSignal | undefined;
  /** Milliseconds to wait for such a process; two minutes unless told. */
  patienceMs?: number;
  /** Where the files are; the product's own unless a test brings others. */
  directory?: string;
}

/**
 * Applies the migrations that the database does not have yet, each in a transaction of its own, and keeps the ledger of
 * the Supabase CLI. Several processes may call it at once: one works, the others wait and find nothing to do.
 *
 * @returns the names of the files applied.
 * @throws StoryTreeError `not_configured` when database and files do not go together, `internal` with file and line for
 * SQL that fails, `database_unavailable` when the connection does or another process keeps the lock; the signal's reason.
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const { connectionString, log, signal, patienceMs, directory = MIGRATIONS } = options;
  const files = await readMigrations(directory);
  const wait: LockWait = { purpose: 'updating the tables of Story Tree', log, signal, patienceMs };
  const client = new Client(connectionOptions(connectionString, 'story-tree-migrate'));
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw describeConnectFailure(connectionString, error);
  }
  try {
    await prepareSession(client, MIGRATING);
    // Nearly always there is nothing to do, and nobody to wait for.
    if ((await hasLedger(client)) && pendingMigrations(files, await readLedger(client)).length === 0) return [];
    let applied: MigrationFile[] = [];
    await withAdvisoryLock(client, { key: MIGRATION_LOCK, wait }, async () => {
      await createLedger(client);
      applied = pendingMigrations(files, await readLedger(client));
      for (const file of applied) {
        log(`Applying migration ${file.fileName}`);
        await apply(client, file);
      }
    });
    return applied.map(({ fileName }) => fileName);
  } catch (error) {
    throw signal?.aborted === true ? signal.reason : mapDatabaseError(error);
  } finally {
    // Ends the session, and with it a lock that it still has.
    await client.end();
  }
}

async function apply(client: Client, file: MigrationFile): Promise<void> {
  refuseTransactionCommands(file);
  await client.query('begin');
  try {
    await run(client, file);
    await writeLedger(client, file);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

function refuseTransactionCommands(file: MigrationFile): void {
  const command = statementPlaces(file.sql).find(({ text }) => TRANSACTION_COMMAND.test(text));
  if (command === undefined) return;
  throw failure(file, command.start, 'a migration is one transaction already and may not end or begin one');
}

/** Sends the file as it is. PostgreSQL says where in it most errors are; of the others we know which statement failed. */
async function run(client: Client, file: MigrationFile): Promise<void> {
  let done = 0;
  const count = () => {
    done++;
  };
  client.connection.on('commandComplete', count);
  try {
    await client.query(file.sql);
  } catch (error) {
    // What may pass, or is about rights, is not the fault of the file.
    if (!(error instanceof pg.DatabaseError) || mapDatabaseError(error).code !== 'internal') throw error;
    const place = placeOf(error, file.sql) ?? statementPlaces(file.sql)[done]?.start ?? 0;
    throw failure(file, place, error.message, error);
  } finally {
    client.connection.off('commandComplete', count);
  }
}

/** PostgreSQL counts characters from 1, we count UTF-16 units from 0. */
function placeOf({ position }: pg.DatabaseError, sql: string): number | undefined {
  if (position === undefined) return undefined;
  return Array.from(sql)
    .slice(0, Number(position) - 1)
    .join('').length;
}

function failure(file: MigrationFile, index: number, reason: string, cause?: unknown): StoryTreeError {
  const line = file.sql.slice(0, index).split('\n').length;
  return new StoryTreeError('internal', `The migration ${file.fileName} failed at line ${line}: ${reason}.`, { cause });
}
