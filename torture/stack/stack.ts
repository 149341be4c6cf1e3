import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { clusterDirectory, type Database, migrate, openDatabase, stopCluster } from '@story-tree/supabase';
import { makeHome } from '@story-tree/testkit/database/clusters.ts';
import type { GeminiServer } from '@story-tree/testkit/gemini/geminiServer.ts';
import { type Network, openNetwork } from '@story-tree/testkit/network/network.ts';
import { listeningAddress, type RunningPart } from '@story-tree/testkit/programs/app.ts';
import { ensureAppIsBuilt } from '@story-tree/testkit/programs/appBuild.ts';
import type { Variables } from '@story-tree/testkit/programs/cli.ts';
import { type Random, seededRandom } from '@story-tree/testkit/seeded.ts';
import { type RedisServer, startRedis } from '@story-tree/testkit/worker/redisServer.ts';
import type { Backend } from '@story-tree/testkit/worker/workshop.ts';
import { noteCallChanges } from './callChanges.ts';
import { type Disk, openDisk } from './disk.ts';
import { startModels } from './models.ts';
import { type KeptPart, keepPart } from './part.ts';
import { type Postgres, postgresIn } from './postgres.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SERVER = path.join(ROOT, 'apps/story-tree-ui/server.ts');
const WORKER = path.join(ROOT, 'task-worker/src/worker/main.ts');

/** Long enough that an outage can end before a lease does, short enough that nobody waits long for a killed holder. */
export const LOCK_MS = 4_000;
export const WORKERS = 2;
/** A request that is never answered is given up after this time, instead of minutes. */
const MODEL_PATIENCE_MS = 4_000;

/** The whole product as processes, on its own database, queue, models and disk, all of which may be harmed. */
export interface Stack {
  url: string;
  /** Contains all its files. */
  folder: string;
  /** The home of its embedded database; null if programs are given the address of a database. */
  home: string | null;
  /** PostgreSQL's data directory. */
  dataDirectory: string;
  app: KeptPart;
  workers: readonly KeptPart[];
  postgres: Postgres;
  redis: RedisServer | null;
  /** The network between PostgreSQL and those who reach it by its address. */
  toPostgres: Network;
  /** The network between Redis and everybody else. */
  toRedis: Network | null;
  models: GeminiServer;
  disk: Disk;
  assets: string;
  output: string;
  /** A separate connection, which also keeps the server from stopping for lack of clients. */
  database: Database;
  /** The variables of one more program. The models know it by this name, which is its API key, so it has no spaces. */
  variables(caller: string): Variables;
  /** The same for a program on another machine, which reaches the database by its address. */
  remoteVariables(caller: string): Variables;
  /** Stops everything. @param keep whether to keep the files, with the output of all parts @returns the folder */
  close(keep?: boolean): Promise<string>;
}

export interface StackOptions {
  backend: Backend;
  seed: number;
  /** Added to its own variables. */
  variables?: Variables;
}

/**
 * Jobs on PostgreSQL: the setup of a single person, with the embedded database, which the parts restart themselves, and with
 * the last worker on another machine. Jobs on Redis: the setup of a server, with databases that somebody else looks after.
 */
export async function openStack(options: StackOptions): Promise<Stack> {
  await ensureAppIsBuilt();
  // Whatever is opened last is closed first.
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
  { backend, seed, variables: more = {} }: StackOptions,
): Promise<Stack> {
  const folder = await mkdtemp(path.join(tmpdir(), 'story-tree-torture-'));
  let isKept = false;
  opened.defer(async () => {
    if (!isKept) await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  });
  await chmod(folder, 0o755);
  const disk = await openDisk(path.join(folder, 'disk'));
  opened.defer(() => disk.close(isKept ? path.join(folder, 'files') : undefined));
  const home = await makeHome(folder);
  opened.defer(() => stopCluster({ home }));
  const database = await openDatabase({ home, log: () => undefined });
  opened.defer(() => database.close());
  await migrate({ connectionString: database.connectionString, log: () => undefined });
  await noteCallChanges(database);
  const redis = backend === 'redis' ? await startRedis() : null;
  opened.defer(async () => redis?.close());
  // An embedded server may restart on another port.
  const toPostgres = await openNetwork(() => database.pool.options.connectionString ?? database.connectionString);
  opened.defer(() => toPostgres.close());
  const toRedis = redis === null ? null : await openNetwork(redis.url);
  opened.defer(async () => toRedis?.close());
  const models = await startModels();
  opened.defer(() => models.close());

  const assets = path.join(disk.folder, 'assets');
  const output = path.join(disk.folder, 'output');
  const localVariables = (caller: string): Variables => ({
    STORY_TREE_HOME: home,
    STORY_TREE_ASSETS: assets,
    STORY_TREE_OUTPUT: output,
    TASK_WORKER_LOCK_MS: String(LOCK_MS),
    TASK_WORKER_CONCURRENCY: '2',
    GEMINI_API_KEY: caller,
    GEMINI_BASE_URL: models.baseUrl,
    GEMINI_TIMEOUT_MS: String(MODEL_PATIENCE_MS),
    ...more,
  });
  const remoteVariables = (caller: string): Variables => ({
    ...localVariables(caller),
    DATABASE_URL: toPostgres.url,
    ...(toRedis === null ? {} : { REDIS_URL: toRedis.url }),
  });
  const variables = redis === null ? localVariables : remoteVariables;
  const workers = Array.from({ length: WORKERS }, (_, index) =>
    keepPart({
      ...{ name: `worker-${index + 1}`, program: WORKER, random: seededRandom(seed + 1 + index) },
      variables: index + 1 === WORKERS ? remoteVariables : variables,
    }),
  );
  opened.defer(async () => void (await Promise.all(workers.map((worker) => worker.stop()))));
  const { app, url } = await keepApp(opened, variables, seededRandom(seed));
  const cluster = await clusterDirectory({ home });
  return {
    ...{ url, folder, app, workers, redis, toPostgres, toRedis, models, disk, assets, output, database },
    ...{ variables, remoteVariables, home: redis === null ? home : null },
    postgres: postgresIn(cluster),
    dataDirectory: path.join(cluster, 'data'),
    async close(keep = false) {
      isKept = keep;
      const parts = [app, ...workers];
      if (keep) await Promise.all(parts.map((part) => writeFile(path.join(folder, `${part.name}.log`), part.said())));
      await opened.disposeAsync();
      return folder;
    },
  };
}

/** Keeps the app running, on the same port in all its lives. */
async function keepApp(opened: AsyncDisposableStack, variables: (life: string) => Variables, random: Random) {
  const first = Promise.withResolvers<RunningPart>();
  let port = '0';
  const app = keepPart({
    ...{ name: 'app', program: SERVER, random },
    variables: (life) => ({ ...variables(life), PORT: port }),
    onStart: first.resolve,
  });
  opened.defer(() => app.stop());
  const url = await listeningAddress(await first.promise);
  ({ port } = new URL(url));
  return { app, url };
}
