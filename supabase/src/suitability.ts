import { StoryTreeError } from '@story-tree/domain';
import type pg from 'pg';

const OLDEST_VERSION = 15;

/** What a server says of itself, of the database, and of what our user may do there. */
export interface ServerFacts {
  /** As PostgreSQL counts: 150004 is 15.4. */
  version: number;
  encoding: string;
  isStandby: boolean;
  /** Where it was set that transactions may only read, as `pg_settings` names it; null when they may write. */
  readOnlyBy: string | null;
  database: string;
  user: string;
  /** Where our tables are there, so are the schemas. */
  mayCreateSchemas: boolean;
  mayCreateTables: boolean;
  /** Roles that our migrations would have to create, and may not. */
  missingRoles: string[];
  /** Who owns tables of ours without our user being one of them. */
  foreignOwner: string | null;
}

const FACTS = `
  with wanted_roles as (
    select name from unnest(array['anon', 'authenticated', 'service_role']) as name
    where not exists (select from pg_roles where rolname = name)
  ), me as (
    select rolname, rolsuper or (rolcreaterole and rolbypassrls and current_setting('server_version_num')::integer >= 160000)
      as creates_roles
    from pg_roles where rolname = current_user
  )
  select
    current_setting('server_version_num')::integer as version,
    current_setting('server_encoding') as encoding,
    pg_is_in_recovery() as "isStandby",
    (select source from pg_settings where name = 'default_transaction_read_only' and setting = 'on') as "readOnlyBy",
    current_database() as database,
    current_user as user,
    has_database_privilege(current_database(), 'create')
      or to_regclass('public.story_tasks') is not null as "mayCreateSchemas",
    coalesce((select has_schema_privilege(oid, 'create') from pg_namespace where nspname = 'public'), false)
      as "mayCreateTables",
    array(select name from wanted_roles where not (select creates_roles from me)) as "missingRoles",
    (select pg_get_userbyid(relowner) from pg_class
     where relnamespace = (select oid from pg_namespace where nspname = 'public')
       and relname in ('stories', 'scenelets', 'shots', 'model_calls', 'story_tasks', 'story_task_events')
       and not pg_has_role(relowner, 'usage')
     limit 1) as "foreignOwner"`;

/**
 * Refuses a database that cannot serve, before any work begins.
 * @throws StoryTreeError `not_configured`, with the command that helps; what the driver throws
 */
export async function refuseUnsuitable(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<ServerFacts>(FACTS);
  const problem = rows[0] === undefined ? null : unsuitability(rows[0]);
  if (problem !== null) throw new StoryTreeError('not_configured', problem);
}

/** Why a database cannot serve, with the command that helps; null when it can. */
export function unsuitability(facts: ServerFacts): string | null {
  const { version, encoding, isStandby, readOnlyBy, missingRoles, foreignOwner } = facts;
  const database = quoted(facts.database);
  const user = quoted(facts.user);
  if (version < OLDEST_VERSION * 10_000) {
    return `The server is PostgreSQL ${Math.floor(version / 10_000)}, and Story Tree needs ${OLDEST_VERSION} or newer: upgrade it, or unset DATABASE_URL to use the embedded database.`;
  }
  if (encoding !== 'UTF8') {
    return `The database ${database} keeps text as ${encoding}, which cannot hold every story: create one with "create database story_tree_utf8 owner ${user} template template0 encoding 'UTF8' locale_provider libc locale 'C'", and name that one in DATABASE_URL.`;
  }
  if (isStandby) {
    return 'The server is a standby, which accepts no changes: name the primary in DATABASE_URL, or promote this one with "select pg_promote()".';
  }
  if (readOnlyBy !== null) {
    return `The database ${database} is read-only by its settings: ${writable(readOnlyBy, database, user)}. If your provider has done this because the disk is nearly full, make space first.`;
  }
  if (missingRoles.length > 0) {
    return `The user ${user} may not create the roles that are missing: have a superuser run "${missingRoles.map(createRole).join('; ')}".`;
  }
  if (foreignOwner !== null) {
    return `The tables of Story Tree belong to ${quoted(foreignOwner)}: name that user in DATABASE_URL, or have it or a superuser run "grant ${quoted(foreignOwner)} to ${user}".`;
  }
  if (!facts.mayCreateSchemas) {
    return `The user ${user} may not create schemas in the database ${database}: have its owner run "grant create on database ${database} to ${user}".`;
  }
  if (!facts.mayCreateTables) {
    return `The user ${user} may not create tables in the schema public of ${database}: have the database's owner run there "create schema if not exists public; grant all on schema public to ${user} with grant option".`;
  }
  return null;
}

/** How to take back what was set, by where that was. */
function writable(source: string, database: string, user: string): string {
  const places: Record<string, string> = {
    database: `database ${database}`,
    user: `role ${user}`,
    'database user': `role ${user} in database ${database}`,
  };
  const place = places[source];
  if (place !== undefined) return `run "begin read write; alter ${place} reset default_transaction_read_only; commit"`;
  if (source === 'client') return 'take default_transaction_read_only out of DATABASE_URL';
  if (source !== 'configuration file') return 'start the server without default_transaction_read_only';
  return 'have a superuser run "alter system set default_transaction_read_only = off", then "select pg_reload_conf()"';
}

function createRole(name: string): string {
  return `create role ${name} nologin noinherit${name === 'service_role' ? ' bypassrls' : ''}`;
}

function quoted(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
