import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hasEnded, type Log, type StoryTask, type StoryTasksRepository } from '@story-tree/domain';
import type { Environment } from '@story-tree/runtime';
import { createStoryTasks, openStoryTaskQueue, type StoryTaskQueue, type StoryTasks } from '@story-tree/story-tasks';
import { createStoryLeases, createStoryTasksRepository } from '@story-tree/supabase';
import { type StoryTaskWorker, startWorker, type WorkerSetting } from '../../../task-worker/src/worker/startWorker.ts';
import { createTestDatabase, type TestDatabase } from '../database/database.ts';
import { storeNewStory } from '../database/fixtures.ts';
import { eventually, PATIENCE_MS } from '../eventually.ts';
import { type RedisServer, startRedis } from './redisServer.ts';
import { runScripted } from './scriptedOperation.ts';

export const BACKENDS = ['postgres', 'redis'] as const;
export type Backend = (typeof BACKENDS)[number];

/** For `expect.poll`: other processes may take their time. */
export const PATIENTLY = { timeout: PATIENCE_MS };
/** Short, so that tests of what happens after it need not wait long. */
export const LOCK_MS = 1_000;

export interface LogLine {
  level: string;
  message: string;
  fields: Readonly<Record<string, unknown>>;
}

/** A database with a queue, workers on demand, and all that can be asked of them. */
export interface Workshop {
  environment: Environment;
  database: TestDatabase;
  redis: RedisServer | null;
  tasks: StoryTasksRepository;
  storyTasks: StoryTasks;
  queue: StoryTaskQueue;
  leases: ReturnType<typeof createStoryLeases>;
  logged: LogLine[];
  log: Log;
  /** A worker in this process, which does scripted operations unless told otherwise. */
  start(setting?: Partial<WorkerSetting>): Promise<StoryTaskWorker>;
  newStory(): Promise<string>;
  /** The task once it is as it should be. */
  awaitTask(taskId: string, isSo: (task: StoryTask) => boolean): Promise<StoryTask>;
  ended(taskId: string): Promise<StoryTask>;
  /** What the task's log says, oldest first. */
  steps(taskId: string): Promise<string[]>;
  close(): Promise<void>;
}

export async function openWorkshop(backend: Backend, more: Partial<Environment> = {}): Promise<Workshop> {
  const database = await createTestDatabase();
  const redis = backend === 'redis' ? await startRedis() : null;
  const folder = await mkdtemp(path.join(tmpdir(), 'story-tree-worker-'));
  const environment: Environment = {
    DATABASE_URL: database.connectionString,
    STORY_TREE_ASSETS: path.join(folder, 'assets'),
    STORY_TREE_OUTPUT: path.join(folder, 'output'),
    TASK_WORKER_LOCK_MS: LOCK_MS,
    ...(redis === null ? {} : { REDIS_URL: redis.url }),
    ...more,
  };
  const logged: LogLine[] = [];
  const log: Log = (level, message, fields = {}) => void logged.push({ level, message, fields });
  const tasks = createStoryTasksRepository(database.kysely);
  const leases = createStoryLeases(database.kysely, { ttlMs: LOCK_MS });
  const queue = await openStoryTaskQueue({ environment, database, log });
  const workers: StoryTaskWorker[] = [];

  function awaitTask(taskId: string, isSo: (task: StoryTask) => boolean): Promise<StoryTask> {
    let task: StoryTask | null = null;
    return eventually(
      async () => {
        task = await tasks.get(taskId);
        return task !== null && isSo(task) ? task : null;
      },
      () => `Waited in vain: ${JSON.stringify({ task, logged }, null, 2)}`,
    );
  }

  return {
    environment,
    database,
    redis,
    tasks,
    queue,
    leases,
    logged,
    log,
    storyTasks: createStoryTasks({ tasks, queue, mode: 'stub', log }),
    async start(setting = {}) {
      const worker = await startWorker({ environment, database, log, runOperation: runScripted, ...setting });
      workers.push(worker);
      return worker;
    },
    newStory: () => storeNewStory(database),
    awaitTask,
    ended: (taskId) => awaitTask(taskId, ({ status }) => hasEnded(status)),
    async steps(taskId) {
      const events = await tasks.events(taskId, 1_000);
      return events.reverse().map(({ step }) => step);
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
      await queue.close();
      await redis?.close();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
