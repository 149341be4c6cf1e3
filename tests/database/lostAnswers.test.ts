import type { StoryLease } from '@story-tree/domain';
import {
  createModelCallJournal,
  createPatience,
  createStoryLeases,
  createStoryRepositories,
  createStoryTaskRun,
  createStoryTasksRepository,
  type Database,
  openDatabase,
} from '@story-tree/supabase';
import { createTestDatabase, lockWaiters, type TestDatabase } from '@story-tree/testkit/database/database.ts';
import {
  line,
  newCall,
  newScenelet,
  newTask,
  OUTCOME,
  stagedFile,
  storeNewStory,
} from '@story-tree/testkit/database/fixtures.ts';
import { type ForgetfulRelay, openForgetfulRelay } from '@story-tree/testkit/network/forgetfulRelay.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const silent = () => undefined;

let database: TestDatabase;
let relay: ForgetfulRelay;
/** The same database by way of the relay. */
let remote: Database;
let storyId: string;
let taskId: string;
let lease: StoryLease;

beforeAll(async () => {
  database = await createTestDatabase();
  relay = await openForgetfulRelay(database.connectionString);
  remote = await openDatabase({ databaseUrl: relay.url, home: '', log: silent });
});
afterAll(async () => {
  await remote.close();
  await relay.close();
  await database.close();
});

beforeEach(async () => {
  storyId = await storeNewStory(database);
  ({ id: taskId } = (await createStoryTasksRepository(database.kysely).enqueue(newTask(storyId))).task);
  lease = await createStoryLeases(database.kysely).acquire(storyId, 'me');
  return () => lease.release();
});

function holder() {
  const patience = createPatience({ signal: new AbortController().signal, log: silent });
  return {
    ...createStoryRepositories(remote.kysely, lease, patience),
    journal: createModelCallJournal(remote.kysely, lease, patience),
    task: createStoryTaskRun(remote.kysely, taskId, lease, patience),
  };
}

async function rowsOf(table: string): Promise<Record<string, unknown>[]> {
  const column = table === 'story_task_events' ? 'task_id' : 'story_id';
  const { rows } = await database.pool.query(`select * from ${table} where ${column} = $1`, [
    column === 'task_id' ? taskId : storyId,
  ]);
  return rows;
}

const COMMIT = 'commit\0';
/** In the middle of the transaction: the server rolls it back. */
const BEGINNING = 'open_story_write';

describe.each([
  ['once it is committed', COMMIT],
  ['before it is committed', BEGINNING],
])('a connection that breaks in a write, %s', (_when, text) => {
  it('stores a step of the script once, and answers with what is stored', async () => {
    relay.loseAnswerTo(text);
    const step = { parentId: null, choicePrompt: null, scenelets: [newScenelet('scenelet-1')] };
    const [scenelet] = await holder().scenelets.addStep(storyId, step);
    expect(await rowsOf('scenelets')).toMatchObject([{ id: scenelet?.id, label: 'scenelet-1' }]);
    expect(relay.lost()).toBeGreaterThan(0);
  });

  it('stores a constitution as one version', async () => {
    relay.loseAnswerTo(text);
    const constitution = { markdown: 'Text', targetSceneletsPerPath: 3, proposedTitle: 'Title' };
    expect(await holder().stories.saveConstitution(storyId, constitution)).toBe(1);
    expect(await rowsOf('constitution_versions')).toHaveLength(1);
  });

  it('notes the beginning of a call once, under the id that it is ended by', async () => {
    relay.loseAnswerTo(text);
    const { journal } = holder();
    const callId = await journal.start(newCall(storyId), {}, new Map());
    await journal.commit(callId, { text: 'reply' }, OUTCOME);
    expect(await rowsOf('model_calls')).toMatchObject([{ id: callId, status: 'committed' }]);
  });

  it('publishes the file of a reply, and keeps its hash', async () => {
    const { journal } = holder();
    const callId = await journal.start(newCall(storyId, { kind: 'image' }), {}, new Map());
    const published: string[] = [];
    const file = stagedFile('x.png', { publish: async () => void published.push('x.png') });
    relay.loseAnswerTo(text);
    await journal.commit(callId, { file }, OUTCOME);
    expect(published).toEqual(['x.png']);
    expect(await rowsOf('model_calls')).toMatchObject([{ status: 'committed', reply_sha256: file.sha256 }]);
  });

  it('deletes a story, and does not report it as missing afterwards', async () => {
    relay.loseAnswerTo(text);
    await holder().stories.markDeleted(storyId);
    expect(await createStoryRepositories(database.kysely).stories.get(storyId)).toBeNull();
  });
});

describe('a connection that breaks in a single statement', () => {
  it('commits the text of a reply once', async () => {
    const { journal } = holder();
    const callId = await journal.start(newCall(storyId), {}, new Map());
    relay.loseAnswerTo('update "model_calls"');
    await journal.commit(callId, { text: 'reply' }, OUTCOME);
    expect(await rowsOf('model_calls')).toMatchObject([{ status: 'committed', reply_text: 'reply' }]);
    // Another reply to the same call was not sent before.
    await expect(journal.commit(callId, { text: 'other' }, OUTCOME)).rejects.toMatchObject({ code: 'not_found' });
  });

  it.each([[undefined], [OUTCOME]])('notes once that a call failed, at a cost of %j', async (wasted) => {
    const { journal } = holder();
    const callId = await journal.start(newCall(storyId), {}, new Map());
    relay.loseAnswerTo('update "model_calls"');
    await journal.fail(callId, 'model_empty', 1, wasted);
    expect(await rowsOf('model_calls')).toMatchObject([
      { status: 'failed', error_code: 'model_empty', cost_usd: wasted === undefined ? null : '0.012500' },
    ]);
  });

  it('records lines once, and those that come after them behind them', async () => {
    const { task } = holder();
    await task.start(line('started'));
    await task.record([line('one')]);
    relay.loseAnswerTo('record_story_task_events_once');
    await task.record([line('two'), line('three')]);
    await task.record([line('three')]);
    const events = await rowsOf('story_task_events');
    expect(events.map(({ step }) => step)).toEqual(['queued', 'started', 'one', 'two', 'three', 'three']);
  });
});

describe('work on files under the lease', () => {
  it('is done once, although the database goes away meanwhile', async () => {
    let done = 0;
    relay.loseAnswerTo(COMMIT);
    const before = relay.lost();
    expect(await holder().whileHeld(storyId, async () => ++done)).toBe(1);
    expect(done).toBe(1);
    expect(relay.lost()).toBe(before + 1);
  });

  it('keeps the story until it is done, however long ago the lease ran out', async () => {
    const order: string[] = [];
    let taking: Promise<unknown> | undefined;
    await holder().whileHeld(storyId, async () => {
      await database.pool.query(`update story_leases set expires_at = '2000-01-01' where story_id = $1`, [storyId]);
      taking = createStoryLeases(database.kysely)
        .acquire(storyId, 'you')
        .then((taken) => {
          order.push('taken');
          return taken.release();
        });
      await expect.poll(() => lockWaiters(database, 'acquire_story_lease')).toBe(1);
      order.push('done');
    });
    await taking;
    expect(order).toEqual(['done', 'taken']);
  });

  it('throws what it throws', async () => {
    const failure = new Error('no such folder');
    await expect(holder().whileHeld(storyId, () => Promise.reject(failure))).rejects.toBe(failure);
  });
});
