import { withAdvisoryLock } from '@story-tree/supabase';
import {
  assertSchemaCompatibility,
  DEFAULT_SCHEMA,
  LATEST_SCHEMA_VERSION,
  type PgPool,
  type PgPoolClient,
  runMigrations,
  SchemaMigrationRequiredError,
} from 'bullmq';
import type pg from 'pg';

/** Whoever signs in through the API has no business in the queue. The roles are there: our own migrations made them. */
const CLOSE_TO_OTHERS = `
  do $$
  declare
    role_name text;
  begin
    execute 'revoke all on schema ${DEFAULT_SCHEMA} from public';
    for role_name in select rolname from pg_roles where rolname in ('anon', 'authenticated') loop
      execute format('revoke all on schema ${DEFAULT_SCHEMA} from %I', role_name);
      execute format('revoke all on all tables in schema ${DEFAULT_SCHEMA} from %I', role_name);
    end loop;
  end
  $$`;

/** Any number will do, as long as everybody who migrates the queue takes the same. */
const ADVISORY_LOCK = 5_371_026_011;
/** Whoever migrates is never silent: it asks for the next thing at once. */
const SILENCE_SECONDS = 30;

/**
 * Brings the schema of the queue up to date. Several processes may do so at once: one works while the others wait, and
 * then they find it current and change nothing. BullMQ's own lock would not cover the rights, which must not be changed
 * by two at once either.
 */
export async function migrateQueue(pool: PgPool): Promise<void> {
  const client = await pool.connect();
  let isLocked = false;
  try {
    if (await isCurrent(client)) return;
    isLocked = true;
    const lock = { key: ADVISORY_LOCK, wait: true, silenceSeconds: SILENCE_SECONDS };
    await withAdvisoryLock(client as unknown as pg.ClientBase, lock, async () => {
      if (await isCurrent(client)) return;
      await runMigrations(client);
      await client.query(CLOSE_TO_OTHERS);
    });
    isLocked = false;
  } finally {
    // Ends the session where it may still have the lock.
    client.release(isLocked);
  }
}

async function isCurrent(client: PgPoolClient): Promise<boolean> {
  return (await currentVersion(client)) >= LATEST_SCHEMA_VERSION;
}

async function currentVersion(client: PgPoolClient): Promise<number> {
  try {
    return await assertSchemaCompatibility(client);
  } catch (error) {
    if (error instanceof SchemaMigrationRequiredError) return 0;
    throw error;
  }
}
