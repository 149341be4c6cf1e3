import pg from 'pg';
import { Client, SCRAM_ONLY } from '../client.ts';
import { SUPERUSER } from './initialise.ts';

export const WARDEN_NAME = 'story-tree-warden';
/** The embedded database that everything lives in, named as on Supabase. */
const DATABASE = 'postgres';

/** What a server says when spoken to: it answers, it is on its way up or down, or it will not have us. */
export type Answer = { state: 'ready'; watched: boolean } | { state: 'busy' } | { state: 'refused'; cause: unknown };

/** The address of an embedded cluster. After a crash anybody may listen there, who is not to get the password. */
export function connectionStringFor(port: number, password: string): string {
  const login = `${SUPERUSER}:${encodeURIComponent(password)}`;
  return `postgresql://${login}@127.0.0.1:${port}/${DATABASE}?sslmode=disable&${SCRAM_ONLY}`;
}

/** Asks a server whether it answers and whether a warden watches it. Never throws. */
export async function probe(connectionString: string): Promise<Answer> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 5_000, query_timeout: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ watched: boolean }>(
      'select exists (select from pg_stat_activity where application_name = $1) as watched',
      [WARDEN_NAME],
    );
    return { state: 'ready', watched: rows[0]?.watched === true };
  } catch (cause) {
    // Class 28: authentication. Everything else passes, or the caller's patience ends.
    const refused = cause instanceof pg.DatabaseError && cause.code?.startsWith('28');
    return refused ? { state: 'refused', cause } : { state: 'busy' };
  } finally {
    await client.end().catch(() => undefined);
  }
}
