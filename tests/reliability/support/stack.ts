import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase, type RunningCluster } from '../../../supabase/src/index.ts';
import { listeningAddress, type RunningPart } from '../../support/app.ts';
import { ensureAppIsBuilt } from '../../support/appBuild.ts';
import type { Variables } from '../../support/cli.ts';
import { ensure, isAlive, makeHome, postmasterPid, removeHome, until } from '../../support/clusters.ts';
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
  variables: Variables;
  killPostgres(): Promise<void>;
  /** Starts PostgreSQL again where nobody else does. */
  revivePostgres(): Promise<void>;
  openDatabase(): ReturnType<typeof openDatabase>;
  close(): Promise<void>;
}

export interface StackOptions {
  backend: Backend;
  seed: number;
  variables?: Variables;
}

/**
 * Jobs on PostgreSQL: as one person has it, with the embedded database, which the parts themselves start again. Jobs on
 * Redis: as a server has it, with databases that somebody else looks after.
 */
export async function openStack({ backend, seed, variables: more = {} }: StackOptions): Promise<Stack> {
  await ensureAppIsBuilt();
  const home = await makeHome();
  const folder = await mkdtemp(path.join(tmpdir(), 'story-tree-work-'));
  const redis = backend === 'redis' ? await startRedis() : null;
  const cluster = await ensure(home);
  const assets = path.join(folder, 'assets');
  const output = path.join(folder, 'output');
  const variables = {
    STORY_TREE_HOME: home,
    ...(redis === null ? {} : { DATABASE_URL: cluster.connectionString, REDIS_URL: redis.url }),
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
  const { app, url } = await keepApp(variables, lotOf(seed));
  return {
    ...{ url, app, workers, redis, assets, output, variables },
    killPostgres: () => killPostgres(cluster),
    revivePostgres: async () => void (redis === null || (await ensure(home))),
    openDatabase: () => openDatabase({ home, log: () => undefined }),
    async close() {
      await Promise.all([app, ...workers].map((part) => part.stop()));
      await redis?.close();
      await removeHome(home);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Keeps its port over all its lives. */
async function keepApp(variables: Variables, lot: Lot): Promise<{ app: KeptPart; url: string }> {
  const first = Promise.withResolvers<RunningPart>();
  let port = '0';
  const app = keepPart({
    ...{ name: 'app', program: SERVER, lot },
    variables: () => ({ ...variables, PORT: port }),
    onStart: first.resolve,
  });
  const url = await listeningAddress(await first.promise);
  ({ port } = new URL(url));
  return { app, url };
}

async function killPostgres(cluster: RunningCluster): Promise<void> {
  // It may be about to come back from the last time.
  await until('PostgreSQL runs', async () => isAlive(await postmasterPid(cluster).catch(() => 0)));
  process.kill(await postmasterPid(cluster), 'SIGKILL');
}
