/**
 * Usage: node stoppingClientChild.ts <connection string> <story id>. Asks for tasks of every kind, and stands still each time
 * that it has heard from the database, until it is told to go on.
 */
import process from 'node:process';
import { NOBODY } from '@story-tree/domain';
import { createStoryTasks } from '@story-tree/story-tasks';
import { createStoryTasksRepository, openDatabase } from '@story-tree/supabase';
import pg from 'pg';

const [databaseUrl = '', storyId = ''] = process.argv.slice(2);

const standStill = () => process.kill(process.pid, 'SIGSTOP');
const { query } = pg.Client.prototype;
pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
  const callback = args.at(-1);
  if (typeof callback !== 'function') return Reflect.apply(query, this, args).finally(standStill);
  const heard = (...answer: unknown[]) => {
    standStill();
    callback(...answer);
  };
  return Reflect.apply(query, this, [...args.slice(0, -1), heard]);
} as typeof query;

const database = await openDatabase({ databaseUrl, home: '', log: () => undefined });
const queue = { add: async () => undefined, remove: async () => false };
const storyTasks = createStoryTasks({
  tasks: createStoryTasksRepository(database.kysely),
  queue,
  mode: 'stub',
  log: () => undefined,
});
async function submit(operation: string, payload: object, more: object = { storyId }) {
  return (await storyTasks.submit({ operation, payload, requestedBy: NOBODY, ...more })).task;
}

await submit('CREATE_STORY', { prompt: 'A door in the sea' }, {});
await submit('CREATE_STORY', { prompt: 'A door in the sea', runAll: true }, { idempotencyKey: 'create' });
await submit('RENAME_STORY', { displayName: 'New' }, { storyId, idempotencyKey: 'rename' });
await submit('RESTORE_CONSTITUTION', { version: 1 });
const { id } = await submit('REGENERATE_CONSTITUTION', {});
await storyTasks.cancel(id);
process.exit(0);
