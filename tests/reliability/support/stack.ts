import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { clusterDirectory, type Database, openDatabase } from '../../../supabase/src/index.ts';
import { listeningAddress, type RunningPart } from '../../support/app.ts';
import { ensureAppIsBuilt } from '../../support/appBuild.ts';
import type { Variables } from '../../support/cli.ts';
import { isAlive, makeHome, postmasterPid, removeHome, until } from '../../support/clusters.ts';
import { type Lot, lotOf } from '../../support/seeded.ts';
import { type RedisServer, startRedis } from '../../worker/support/redisServer.ts';
import type { Backend } from '../../worker/support/workshop.ts';
import { type KeptPart, keepPart } from './part.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const SERVER = path.join(ROOT, 'apps/story-tree-ui/server.ts');
const WORKER = path.join(ROOT, 'task-worker/src/worker/main.ts');

export const LOCK_MS = 2_000;
export const WORKERS = 2;

/** The whole product as processes, on a database and a Redis of its own that may be killed. */
export interface Stack {
  url: string;
  app: KeptPart;
  workers: readonly KeptPart[];
  redis: RedisServer | null;
  assets: string;
  output: string;
  /** A connection of its own, which keeps the server from being stopped for want of clients. */
  database: Database;
  killPostgres(): Promise<void>;
  /** Starts PostgreSQL again where nobody else does. */
  revivePostgres(): Promise<void>;
  close(): Promise<void>;
}

export interface StackOptions {
  backend: Backend;
  seed: number;
  variables: Variables;
}

/**
 * Jobs on PostgreSQL: as one person has it, with the embedded database, which the parts themselves start again. Jobs on
 * Redis: as a server has it, with databases that somebody else looks after.
 */
export async function openStack(options: StackOptions): Promise<Stack> {
  await ensureAppIsBuilt();
  // What is opened last is closed first.
  const opened = new AsyncDisposableStack();
  try {
    return await openParts(opened, options);
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

async function openParts(
  opened: AsyncDisposableStack,
  { backend, seed, variables: more }: StackOptions,
): Promise<Stack> {
  const folder = await mkdtemp(path.join(tmpdir(), 'story-tree-work-'));
  const home = await makeHome();
  opened.defer(() => removeHome(home, folder));
  const database = await openDatabase({ home, log: () => undefined });
  opened.defer(() => database.close());
  const redis = backend === 'redis' ? await startRedis() : null;
  opened.defer(async () => redis?.close());
  const assets = path.join(folder, 'assets');
  const output = path.join(folder, 'output');
  const variables = {
    STORY_TREE_HOME: home,
    ...(redis === null ? {} : { DATABASE_URL: database.connectionString, REDIS_URL: redis.url }),
    STORY_TREE_ASSETS: assets,
    STORY_TREE_OUTPUT: output,
    TASK_WORKER_LOCK_MS: String(LOCK_MS),
    TASK_WORKER_CONCURRENCY: '2',
    ...more,
  };
  const workers = Array.from({ length: WORKERS }, (_, index) =>
    keepPart({
      name: `worker ${index + 1}`,
      program: WORKER,
      variables: () => variables,
      lot: lotOf(seed + 1 + index),
    }),
  );
  opened.defer(async () => void (await Promise.all(workers.map((worker) => worker.stop()))));
  const { app, url } = await keepApp(opened, variables, lotOf(seed));
  return {
    ...{ url, app, workers, redis, assets, output, database },
    killPostgres: () => killPostgres(home),
    // Its pool starts a server that has gone.
    revivePostgres: async () => void (redis === null || (await database.pool.query('select'))),
    close: () => opened.disposeAsync(),
  };
}

/** Keeps its port over all its lives. */
async function keepApp(opened: AsyncDisposableStack, variables: Variables, lot: Lot) {
  const first = Promise.withResolvers<RunningPart>();
  let port = '0';
  const app = keepPart({
    ...{ name: 'app', program: SERVER, lot },
    variables: () => ({ ...variables, PORT: port }),
    onStart: first.resolve,
  });
  opened.defer(() => app.stop());
  const url = await listeningAddress(await first.promise);
  ({ port } = new URL(url));
  return { app, url };
}

async function killPostgres(home: string): Promise<void> {
  const cluster = { directory: await clusterDirectory({ home }) };
  // It may be about to come back from the last time.
  await until('PostgreSQL runs', async () => isAlive(await postmasterPid(cluster).catch(() => 0)));
  process.kill(await postmasterPid(cluster), 'SIGKILL');
}
