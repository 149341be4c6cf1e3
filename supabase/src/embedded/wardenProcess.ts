/**
 * The warden of one embedded cluster. Usage: node wardenProcess.ts <cluster directory> <cluster name> [<uid> <gid>]
 * with the ids of the database's user where that is not the warden's own.
 *
 * Holds one connection, and on it an advisory lock, so that PostgreSQL itself sees to it that there is one warden and
 * that a killed one leaves nothing behind. When no client has been connected for IDLE_MS, it stops the cluster.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { Client } from '../client.ts';
import { clusterFiles } from './cluster.ts';
import { connectionStringFor, WARDEN_NAME } from './connection.ts';
import { isLocked, withFileLock } from './fileLock.ts';
import { readPassword } from './initialise.ts';
import type { ClusterHandle } from './processes.ts';
import { findServer, limitLog, stopServer } from './server.ts';

const IDLE_MS = 10_000;
const POLL_MS = 1_000;
/** How long a server may take to accept a connection, recovery from a crash included. */
const ANSWER_WAIT_MS = 90_000;
/** How long the first server may take to appear once whoever starts it is done, or dead. */
const APPEAR_WAIT_MS = 3_000;
/** How long one that broke the connection may be out of sight. Whoever starts another brings a warden for that. */
const REAPPEAR_WAIT_MS = 500;
const LOCK_WAIT_MS = 120_000;
const ADVISORY_LOCK = [1_398_034_258, 1] as const;

interface Sample {
  clients: number;
  /** Connections ever made, which reveals those that came and went between two samples. */
  sessions: string;
}

/** Connects, again if the connection breaks, until the cluster is stopped or gone. */
async function watchOver(cluster: ClusterHandle): Promise<void> {
  let client = await connect(cluster, APPEAR_WAIT_MS);
  while (client !== undefined) {
    try {
      await stopWhenUnused(cluster, client);
      return;
    } catch {
      // The connection broke: the server is going down, or recovers from a crash of one of its processes.
    } finally {
      await client.end().catch(() => undefined);
    }
    client = await connect(cluster, REAPPEAR_WAIT_MS);
  }
}

/**
 * @param unseenMs how long there may be no server, and nobody starting one.
 * @returns undefined after that, or when a server never accepts a connection.
 */
async function connect(cluster: ClusterHandle, unseenMs: number): Promise<pg.Client | undefined> {
  const { lock } = clusterFiles(cluster);
  const start = performance.now();
  for (let seenAt = start; performance.now() - start < ANSWER_WAIT_MS; await sleep(POLL_MS / 5)) {
    const server = await findServer(cluster);
    const client = server && (await tryConnect(connectionStringFor(server.port, await readPassword(cluster))));
    if (client !== undefined) return client;
    // Whoever starts a server holds the lock until it answers.
    if (server !== undefined || isLocked(lock)) seenAt = performance.now();
    if (performance.now() - seenAt > unseenMs) return undefined;
  }
  return undefined;
}

async function tryConnect(connectionString: string): Promise<pg.Client | undefined> {
  const client = new Client({ connectionString, application_name: WARDEN_NAME, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  return client.connect().then(
    () => client,
    () => undefined,
  );
}

/** Returns when the cluster is stopped or another warden is there already. Throws when the connection breaks. */
async function stopWhenUnused(cluster: ClusterHandle, client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1, $2) as mine', [
    ...ADVISORY_LOCK,
  ]);
  if (rows[0]?.mine !== true) return;
  let usedAt = performance.now();
  let before = await look(client);
  for (;;) {
    await sleep(POLL_MS);
    await limitLog(cluster);
    const now = await look(client);
    if (now.clients > 0 || now.sessions !== before.sessions) usedAt = performance.now();
    before = now;
    if (performance.now() - usedAt >= IDLE_MS && (await stopUnlessUsed(cluster, client, before))) return;
  }
}

async function look(client: pg.Client): Promise<Sample> {
  const { rows } = await client.query<Sample>(
    `select (select count(*)::integer from pg_stat_activity
              where backend_type in ('client backend', 'walsender') and application_name <> $1) as clients,
            (select sum(sessions)::text from pg_stat_database) as sessions`,
    [WARDEN_NAME],
  );
  if (rows[0] === undefined) throw new Error('PostgreSQL gave no answer.');
  return rows[0];
}

/** Looks once more under the lock that every start takes, so that nobody is sent to a server that is about to stop. */
function stopUnlessUsed(cluster: ClusterHandle, client: pg.Client, before: Sample): Promise<boolean> {
  return withFileLock(clusterFiles(cluster).lock, LOCK_WAIT_MS, async () => {
    const now = await look(client);
    if (now.clients > 0 || now.sessions !== before.sessions) return false;
    const server = await findServer(cluster);
    if (server !== undefined) await stopServer(cluster, server);
    return true;
  });
}

const [directory, name, uid, gid] = process.argv.slice(2);
if (directory === undefined || name === undefined) throw new Error('A warden needs a directory and a name.');
const user = uid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
await watchOver({ directory, name, user });
process.exit(0);
