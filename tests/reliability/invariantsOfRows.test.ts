import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createStoryTaskRun } from '@story-tree/supabase';
import { setBackStoredTimes } from '@story-tree/testkit/clock/clock.ts';
import { createTestDatabase, type TestDatabase } from '@story-tree/testkit/database/database.ts';
import { line, storeNewStory } from '@story-tree/testkit/database/fixtures.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filesAreAsInJournal } from '../../torture/invariants/files.ts';
import type { Aftermath, Invariant } from '../../torture/invariants/invariant.ts';
import {
  answersAreCounted,
  noCallIsUnderWay,
  nothingIsPaidTwice,
  turnsArePaidOnce,
} from '../../torture/invariants/payments.ts';
import { oneWriterPerStory, removalsAreWhole } from '../../torture/invariants/tasks.ts';
import { forgetCallChanges, noteCallChanges } from '../../torture/stack/callChanges.ts';
import { hash } from '../../torture/stack/snapshot.ts';

let database: TestDatabase;
let assets: string;

beforeAll(async () => {
  database = await createTestDatabase();
  await noteCallChanges(database);
  assets = await mkdtemp(path.join(tmpdir(), 'story-tree-torture-'));
});
afterAll(async () => {
  await database.close();
  await rm(assets, { recursive: true });
});

/** Replies of the models, without a fault. */
const answers = (...responseIds: string[]) =>
  responseIds.map((responseId) => ({ responseId, status: 200, fault: null, refusal: null, sentAt: 1 }));

/** @returns the number of violations */
async function count({ findViolations }: Invariant, requests: readonly object[] = []): Promise<number> {
  const aftermath = { stack: { database, assets, models: { requests } }, since: '0' } as unknown as Aftermath;
  return (await findViolations(aftermath)).length;
}

/** Adds a call to the journal, bypassing its rules. */
async function call(storyId: string, columns: Record<string, unknown> = {}): Promise<string> {
  const all = {
    ...{ story_id: storyId, run_id: randomUUID(), workflow_task: 'CREATE_AUDIO_DESIGN', unit_key: 'document' },
    ...{ kind: 'text', model: 'a-model', request_hash: 'a', request: '{}', ...columns },
  };
  const names = Object.keys(all);
  const { rows } = await database.pool.query<{ id: string }>(
    `insert into model_calls (${names}) values (${names.map((_, at) => `$${at + 1}`)}) returning id`,
    Object.values(all),
  );
  return rows[0]?.id ?? '';
}

const end = (id: string, status: string) =>
  database.pool.query(`update model_calls set status = $2, reply_text = 'yes', finished_at = now() where id = $1`, [
    id,
    status,
  ]);

test('a reply in the journal that is asked for again is paid for twice, whatever its times are', async () => {
  const storyId = await storeNewStory(database);
  const failed = await call(storyId);
  await end(failed, 'failed');
  const first = await call(storyId);
  await setBackStoredTimes(database, 6);
  await end(first, 'committed');
  expect(await count(nothingIsPaidTwice)).toBe(0);
  await setBackStoredTimes(database, -12);
  await call(storyId, { request_hash: 'b' });
  expect(await count(nothingIsPaidTwice)).toBe(0);
  await call(storyId);
  expect(await count(nothingIsPaidTwice)).toBe(1);
  await forgetCallChanges(database);
  expect(await count(nothingIsPaidTwice)).toBe(0);
});

test('a discarded reply may be asked for again', async () => {
  const storyId = await storeNewStory(database);
  const first = await call(storyId);
  await end(first, 'committed');
  await end(first, 'discarded');
  await call(storyId);
  expect(await count(nothingIsPaidTwice)).toBe(0);
});

test('a call without an end is in progress', async () => {
  const before = await count(noCallIsUnderWay);
  const id = await call(await storeNewStory(database));
  expect(await count(noCallIsUnderWay)).toBe(before + 1);
  await end(id, 'failed');
  expect(await count(noCallIsUnderWay)).toBe(before);
});

test('a reply without its cost is reported', async () => {
  const storyId = await storeNewStory(database);
  await call(storyId, { response_id: 'cheap', cost_usd: 0 });
  await call(storyId, { response_id: 'unknown' });
  expect(await count(answersAreCounted, answers('cheap', 'elsewhere'))).toBe(0);
  expect(await count(answersAreCounted, answers('cheap', 'unknown'))).toBe(1);
});

test('a turn with two intact replies is paid for twice', async () => {
  const storyId = await storeNewStory(database);
  const turn = { run_id: randomUUID(), workflow_task: 'CONSTITUTION_CHAT_UPDATE', unit_key: 'turn-1' };
  await call(storyId, { ...turn, response_id: 'one' });
  await call(storyId, { ...turn, unit_key: 'turn-2', response_id: 'two' });
  await call(storyId, { ...turn, request_hash: 'b', response_id: 'three' });
  expect(await count(turnsArePaidOnce, answers('one', 'two'))).toBe(0);
  expect(await count(turnsArePaidOnce, answers('one', 'two', 'three'))).toBe(1);
});

test('a file must have the bytes of a reply in the journal', async () => {
  const storyId = await storeNewStory(database);
  const media = { kind: 'image', status: 'committed', reply_file: 'picture.png' };
  await writeFile(path.join(assets, 'picture.png'), 'red');
  await call(storyId, { ...media, reply_sha256: hash('blue') });
  expect(await count(filesAreAsInJournal)).toBe(1);
  await call(storyId, { ...media, reply_sha256: hash('red') });
  expect(await count(filesAreAsInJournal)).toBe(0);
  await rm(path.join(assets, 'picture.png'));
  expect(await count(filesAreAsInJournal)).toBe(1);
});

/** Adds a task to a story, bypassing the rule that there is only one at a time. */
async function begin(storyId: string, operation = 'RUN_WORKFLOW_TASK'): Promise<string> {
  await database.pool.query('drop index if exists story_tasks_one_exclusive');
  const { rows } = await database.pool.query<{ id: string }>(
    `insert into story_tasks (operation, status, story_id, requested_by, exclusive)
     values ($2, 'queued', $1, gen_random_uuid(), true) returning id`,
    [storyId, operation],
  );
  const taskId = rows[0]?.id ?? '';
  await createStoryTaskRun(database.kysely, taskId).record([line('queued')]);
  return taskId;
}

async function finish(taskId: string, status: 'succeeded' | 'cancelled'): Promise<void> {
  const run = createStoryTaskRun(database.kysely, taskId);
  await run.start(line('started'));
  await run.finish({ status }, line(status));
}

test('two tasks write to a story at once if one begins before the other has ended', async () => {
  const storyId = await storeNewStory(database);
  await finish(await begin(storyId), 'succeeded');
  const other = await begin(storyId);
  await setBackStoredTimes(database, -6);
  await finish(other, 'cancelled');
  await begin(storyId);
  expect(await count(oneWriterPerStory)).toBe(0);
  await begin(storyId);
  expect(await count(oneWriterPerStory)).toBe(1);
});

test('a story must be removed completely, and by a task that succeeded', async () => {
  const storyId = await storeNewStory(database);
  const set = (change: string) => database.pool.query(`update stories set ${change} where id = $1`, [storyId]);
  expect(await count(removalsAreWhole)).toBe(0);
  await set('deleted_at = now()');
  await finish(await begin(storyId, 'DELETE_STORY'), 'cancelled');
  expect(await count(removalsAreWhole)).toBe(1);
  await finish(await begin(storyId, 'DELETE_STORY'), 'succeeded');
  expect(await count(removalsAreWhole)).toBe(0);
  await set(`story_constitution = 'It goes on.'`);
  expect(await count(removalsAreWhole)).toBe(1);
});
