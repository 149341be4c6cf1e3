import {
  assertSchemaCompatibility,
  DEFAULT_SCHEMA,
  LATEST_SCHEMA_VERSION,
  type PgPool,
  type PgPoolClient,
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

/**
 * Brings the schema of the queue up to date. Several processes may do so at once: a lock of BullMQ's lets one work while
 * the others wait. One that finds it current changes nothing.
 */
export async function migrateQueue(pool: PgPool): Promise<void> {
  const client = await pool.connect();
  try {
    if ((await currentVersion(client)) >= LATEST_SCHEMA_VERSION) return;
    await runMigrations(client);
    await client.query(CLOSE_TO_OTHERS);
  } finally {
    client.release();
  }
}

async function currentVersion(client: PgPoolClient): Promise<number> {
  try {
    return await assertSchemaCompatibility(client);
  } catch (error) {
    if (error instanceof SchemaMigrationRequiredError) return 0;
    throw error;
  }
}
