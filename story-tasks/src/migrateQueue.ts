import { withPooledAdvisoryLock } from '@story-tree/supabase';
import {
  assertSchemaCompatibility,
  DEFAULT_SCHEMA,
  LATEST_SCHEMA_VERSION,
  type PgPool,
  type PgQueryable,
  runMigrations,
  SchemaMigrationRequiredError,
} from 'bullmq';

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

/**
 * Brings the schema of the queue up to date. Several processes may do so at once: one works while the others wait, and
 * then they find it current and change nothing. BullMQ's own lock would not cover the rights, which must not be changed
 * by two at once either.
 */
export async function migrateQueue(pool: PgPool): Promise<void> {
  if (await isCurrent(pool)) return;
  await withPooledAdvisoryLock(pool, { key: ADVISORY_LOCK, wait: true }, async (session) => {
    if (await isCurrent(session)) return;
    await runMigrations(session);
    await session.query(CLOSE_TO_OTHERS);
  });
}

async function isCurrent(database: PgQueryable): Promise<boolean> {
  return (await currentVersion(database)) >= LATEST_SCHEMA_VERSION;
}

async function currentVersion(database: PgQueryable): Promise<number> {
  try {
    return await assertSchemaCompatibility(database);
  } catch (error) {
    if (error instanceof SchemaMigrationRequiredError) return 0;
    throw error;
  }
}
