import { randomInt } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import pg from 'pg';
import { Client, SCRAM_ONLY } from '../client.ts';
import { readSmallFile } from './files.ts';
import { SUPERUSER } from './initialise.ts';

export const WARDEN_NAME = 'story-tree-warden';
/** The embedded database that everything lives in, named as on Supabase. */
const DATABASE = 'postgres';
/** Below the ports that systems hand out for outgoing connections, which come and go. */
const FIRST_PORT = 15_432;
const LAST_PORT = 32_000;
const ATTEMPTS = 200;

/** What a server replies: it is ready, it is starting or stopping, or it refuses our login, or any. */
export type Answer =
  | { state: 'ready'; watched: boolean }
  | { state: 'busy' }
  | { state: 'refused' | 'broken'; cause: pg.DatabaseError };

/** How the SQLSTATEs of what passes begin: connection trouble, all connections taken, locks, a server that starts or stops. */
const PASSING = ['08', '40', '53300', '55', '57'];
const AUTHENTICATION = '28';

/** The address of an embedded cluster. After a crash any program may listen there, and must not get the password. */
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
    if (!(cause instanceof pg.DatabaseError)) return { state: 'busy' };
    const { code = '' } = cause;
    if (PASSING.some((beginning) => code.startsWith(beginning))) return { state: 'busy' };
    return { state: code.startsWith(AUTHENTICATION) ? 'refused' : 'broken', cause };
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * A free port on loopback: the one remembered in `file` unless another is wanted or somebody has it, else a new one,
 * which is then remembered.
 */
export async function choosePort(file: string, { otherPort }: { otherPort: boolean }): Promise<number> {
  const remembered = await rememberedPort(file);
  if (!otherPort && remembered !== undefined && (await isFree(remembered))) return remembered;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = randomInt(FIRST_PORT, LAST_PORT);
    if (!(await isFree(port))) continue;
    await writeFile(file, `${port}\n`);
    return port;
  }
  throw new Error(`None of ${ATTEMPTS} ports tried on 127.0.0.1 is free.`);
}

/** The port that the cluster had last; undefined where none was noted. */
export async function rememberedPort(file: string): Promise<number | undefined> {
  const port = Number((await readSmallFile(file).catch(() => undefined))?.text ?? '');
  return Number.isInteger(port) && port >= 1024 && port <= 65_535 ? port : undefined;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
