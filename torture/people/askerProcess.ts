/**
 * Usage: node askerProcess.ts <milliseconds>. A program that makes requests all the time: it creates a story, renames it
 * again and again with a pause before each request, and prints story and task of every answer on a line.
 */
import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { NOBODY, toStoryTreeError } from '@story-tree/domain';
import { openMigratedDatabase, readEnvironment } from '@story-tree/runtime';
import { createStoryTasks, openStoryTaskQueue, type StoryTasks } from '@story-tree/story-tasks';
import { createStoryTasksRepository } from '@story-tree/supabase';

const TRY_AGAIN_MS = 200;

const pauseMs = Number(process.argv[2]);
const log = () => undefined;
let isOver = false;
process.once('SIGTERM', () => {
  isOver = true;
});

/** Again while the database is away, with the same key if there is one. */
async function insist<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (thrown) {
      if (toStoryTreeError(thrown).code !== 'database_unavailable') throw thrown;
    }
    await sleep(TRY_AGAIN_MS);
  }
}

async function openStoryTasks(): Promise<StoryTasks> {
  const environment = readEnvironment();
  const database = await openMigratedDatabase(environment, log);
  const queue = await openStoryTaskQueue({ environment, database, log });
  const tasks = createStoryTasksRepository(database.kysely);
  return createStoryTasks({ tasks, queue, log, mode: 'real' });
}

const storyTasks = await insist(openStoryTasks);

async function ask(operation: string, payload: object, storyId?: string): Promise<string> {
  const idempotencyKey = randomUUID();
  const request = { operation, storyId, payload, requestedBy: NOBODY, idempotencyKey };
  const { task } = await insist(() => storyTasks.submit(request));
  process.stdout.write(`${task.storyId} ${task.id}\n`);
  return String(task.storyId);
}

const storyId = await ask('CREATE_STORY', { prompt: 'A door in the sea' });
for (let asked = 1; !isOver; asked += 1) {
  await sleep(pauseMs);
  await ask('RENAME_STORY', { displayName: `The ${asked}th door` }, storyId);
}
process.exit(0);
