/**
 * Usage: node askerProcess.ts <milliseconds>. A program that makes requests all the time: it creates a story, renames it
 * again and again with a pause before each request, and prints story and task of every answer on a line.
 */
import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { NOBODY } from '@story-tree/domain';
import { openMigratedDatabase, readConfiguration } from '@story-tree/runtime';
import { createStoryTasks, openStoryTaskQueue, type StoryTasks, untilAvailable } from '@story-tree/story-tasks';
import { createStoryTasksRepository } from '@story-tree/supabase';

const pauseMs = Number(process.argv[2]);
const log = () => undefined;
/** While the database is away, everything is asked for again, with the same key where there is one. */
const waiting = { log, pauseMs: 200 };
let isOver = false;
process.once('SIGTERM', () => {
  isOver = true;
});

async function openStoryTasks(): Promise<StoryTasks> {
  const { environment } = readConfiguration();
  const database = await openMigratedDatabase(environment, log);
  const queue = await openStoryTaskQueue({ environment, database, log });
  const tasks = createStoryTasksRepository(database.kysely);
  return createStoryTasks({ tasks, queue, log, mode: 'real' });
}

const storyTasks = await untilAvailable(openStoryTasks, waiting);

async function ask(operation: string, payload: object, storyId?: string): Promise<string> {
  const idempotencyKey = randomUUID();
  const request = { operation, storyId, payload, requestedBy: NOBODY, idempotencyKey };
  const { task } = await untilAvailable(() => storyTasks.submit(request), waiting);
  process.stdout.write(`${task.storyId} ${task.id}\n`);
  return String(task.storyId);
}

const storyId = await ask('CREATE_STORY', { prompt: 'A door in the sea' });
for (let asked = 1; !isOver; asked += 1) {
  await sleep(pauseMs);
  await ask('RENAME_STORY', { displayName: `The ${asked}th door` }, storyId);
}
process.exit(0);
