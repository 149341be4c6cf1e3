import type { CallIdentity, StoryLease } from '@story-tree/domain';
import { setBackStoredTimes } from '@story-tree/testkit/clock/clock.ts';
import { createTestDatabase } from '@story-tree/testkit/database/database.ts';
import {
  failure,
  HOSTILE_TEXT,
  HOSTILE_TEXT_STORED,
  line,
  NO_SUCH_ID,
  newCall,
  newStory,
  newTask,
  OUTCOME,
  stagedFile,
} from '@story-tree/testkit/database/fixtures.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from './connect.ts';
import { createModelCallJournal } from './journal.ts';
import { createStoryLeases } from './leases.ts';
import { createStoryRepositories } from './repositories/index.ts';
import { createStoryTaskRun, takeUpStoryTask } from './story-tasks/storyTaskRun.ts';
import { createStoryTasksRepository } from './story-tasks/storyTasks.ts';

let database: Database;
let journal: ReturnType<typeof createModelCallJournal>;
let storyId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  journal = createModelCallJournal(database.kysely);
});
afterAll(() => database.close());
beforeEach(async () => {
  storyId = (await createStoryRepositories(database.kysely).stories.create(newStory())).id;
});

const NO_TEXTS: ReadonlyMap<string, string> = new Map();

async function committed(identity: CallIdentity, text: string, costUsd: number | null = 0.25) {
  const callId = await journal.start(identity, {}, NO_TEXTS);
  await journal.commit(callId, { text }, { ...OUTCOME, costUsd });
  return callId;
}

const row = (callId: string) =>
  database.kysely.selectFrom('model_calls').selectAll().where('id', '=', callId).executeTakeFirstOrThrow();

describe('start, commit and fail', () => {
  test('a call is noted before it is made, and completed by its reply', async () => {
    const identity = newCall(storyId);
    const callId = await journal.start(identity, { turns: [HOSTILE_TEXT] }, NO_TEXTS);
    expect(await row(callId)).toMatchObject({ status: 'started', request: { turns: [HOSTILE_TEXT_STORED] } });
    await journal.commit(callId, { text: HOSTILE_TEXT }, OUTCOME);
    expect(await row(callId)).toMatchObject({
      run_id: identity.runId,
      story_id: storyId,
      status: 'committed',
      reply_text: HOSTILE_TEXT_STORED,
      reply_file: null,
      model_version: 'a-model-001',
      response_id: 'response-1',
      usage: { output: 12 },
      cost_usd: '0.012500',
      latency_ms: 812,
      attempts: 2,
      finished_at: expect.any(Date),
    });
  });

  test('unknown facts about a call stay empty', async () => {
    const callId = await journal.start(newCall(storyId), undefined, NO_TEXTS);
    await journal.commit(
      callId,
      { file: stagedFile('x.png') },
      { ...OUTCOME, responseId: null, usage: undefined, costUsd: null },
    );
    expect(await row(callId)).toMatchObject({ request: null, response_id: null, usage: null, cost_usd: null });
  });

  test('a failure keeps its code', async () => {
    const callId = await journal.start(newCall(storyId), {}, NO_TEXTS);
    await journal.fail(callId, 'model_empty', 12.7);
    expect(await row(callId)).toMatchObject({ status: 'failed', error_code: 'model_empty', latency_ms: 13 });
  });

  test('a call ends once', async () => {
    const callId = await committed(newCall(storyId), 'first');
    await expect(journal.commit(callId, { text: 'second' }, OUTCOME)).rejects.toMatchObject(failure('not_found'));
    await expect(journal.fail(callId, 'model_empty', 1)).rejects.toMatchObject(failure('not_found'));
    await expect(journal.fail(NO_SUCH_ID, 'model_empty', 1)).rejects.toMatchObject(failure('not_found'));
    expect(await row(callId)).toMatchObject({ status: 'committed', reply_text: 'first' });
  });

  test('a failure that was paid for keeps what it cost, also when its story has gone to another meanwhile', async () => {
    const lease = await createStoryLeases(database.kysely).acquire(storyId, 'me');
    const bound = createModelCallJournal(database.kysely, lease);
    const [open, interrupted] = [
      await bound.start(newCall(storyId), {}, NO_TEXTS),
      await bound.start(newCall(storyId), {}, NO_TEXTS),
    ];
    await bound.fail(open, 'model_invalid', 1234.4, OUTCOME);
    await lease.release();
    await bound.fail(interrupted, 'model_invalid', 1234.4, OUTCOME);
    for (const callId of [open, interrupted]) {
      expect(await row(callId)).toMatchObject({
        ...{ status: 'failed', error_code: 'model_invalid', latency_ms: 1234 },
        ...{ cost_usd: '0.012500', attempts: 2, usage: { output: 12 }, finished_at: expect.any(Date) },
      });
    }
  });

  test('a file is published with its call, and neither without the other', async () => {
    const [open, failing, ended] = [
      await journal.start(newCall(storyId), {}, NO_TEXTS),
      await journal.start(newCall(storyId), {}, NO_TEXTS),
      await committed(newCall(storyId), 'reply'),
    ];
    const seen: string[] = [];
    const publish = async () => {
      seen.push((await row(open)).status);
    };
    await journal.commit(open, { file: stagedFile('x.png', { publish }) }, OUTCOME);
    expect(seen).toEqual(['started']);
    expect(await row(open)).toMatchObject({ status: 'committed', reply_file: 'x.png' });

    const full = () => Promise.reject(new Error('the disk is full'));
    const unpublished = journal.commit(failing, { file: stagedFile('x.png', { publish: full }) }, OUTCOME);
    await expect(unpublished).rejects.toMatchObject({ cause: { message: 'the disk is full' } });
    expect(await row(failing)).toMatchObject({ status: 'started', reply_file: null });

    const late = journal.commit(ended, { file: stagedFile('x.png', { publish }) }, OUTCOME);
    await expect(late).rejects.toMatchObject(failure('not_found'));
    expect(seen).toHaveLength(1);
  });

  test('a call may end in another journal than it began in', async () => {
    const callId = await journal.start(newCall(storyId), {}, NO_TEXTS);
    await createModelCallJournal(database.kysely).commit(callId, { text: 'reply' }, OUTCOME);
    expect(await row(callId)).toMatchObject({ status: 'committed', reply_text: 'reply' });
  });

  test('there are no calls without a story', async () => {
    await expect(journal.start(newCall(NO_SUCH_ID), {}, NO_TEXTS)).rejects.toMatchObject(failure('not_found'));
  });

  test('long texts are kept once per story', async () => {
    const texts = new Map([
      ['aa', 'the tree'],
      ['bb', HOSTILE_TEXT],
    ]);
    await Promise.all([1, 2, 3].map(() => journal.start(newCall(storyId), { text: { sha256: 'aa' } }, texts)));
    await journal.start(
      newCall(storyId),
      {},
      new Map([
        ['aa', 'the tree'],
        ['cc', 'more'],
      ]),
    );
    const kept = database.kysely.selectFrom('model_call_texts').select(['sha256', 'body']).orderBy('sha256');
    expect(await kept.where('story_id', '=', storyId).execute()).toEqual([
      { sha256: 'aa', body: 'the tree' },
      { sha256: 'bb', body: HOSTILE_TEXT_STORED },
      { sha256: 'cc', body: 'more' },
    ]);
  });
});

test('each story keeps its own long texts', async () => {
  const other = await createStoryRepositories(database.kysely).stories.create(newStory());
  const texts = new Map([['dd', 'the tree']]);
  for (const id of [storyId, other.id]) await journal.start(newCall(id), { text: { sha256: 'dd' } }, texts);
  expect(await storiesWithText('dd')).toEqual([storyId, other.id].toSorted());
});

test('a long text of a call that could not be noted is kept with the next one', async () => {
  const texts = new Map([['ee', 'the tree']]);
  const refused = journal.start({ ...newCall(storyId), requestHash: HOSTILE_TEXT }, {}, texts);
  await expect(refused).rejects.toMatchObject(failure('internal'));
  expect(await storiesWithText('ee')).toEqual([]);
  await journal.start(newCall(storyId), { text: { sha256: 'ee' } }, texts);
  expect(await storiesWithText('ee')).toEqual([storyId]);
});

async function storiesWithText(sha256: string): Promise<string[]> {
  const rows = await database.kysely
    .selectFrom('model_call_texts')
    .select('story_id')
    .where('sha256', '=', sha256)
    .orderBy('story_id')
    .execute();
  return rows.map(({ story_id }) => story_id);
}

describe('findCommitted', () => {
  test.each([0, 6])(
    'finds the newest reply to the same request, of any run or of this one; clock set back by %d h',
    async (hours) => {
      const mine = newCall(storyId);
      const other = { ...mine, runId: crypto.randomUUID() };
      await committed(mine, 'old');
      await setBackStoredTimes(database, hours);
      const newest = await committed(other, 'new');
      expect(await journal.findCommitted(mine, 'story')).toEqual({
        callId: newest,
        replyText: 'new',
        replyFile: null,
        replySha256: null,
      });
      expect(await journal.findCommitted(mine, 'run')).toMatchObject({ replyText: 'old' });
      expect(await journal.findCommitted({ ...mine, runId: crypto.randomUUID() }, 'run')).toBeNull();
    },
  );

  test('goes by the order of calls, whatever the clock said', async () => {
    const identity = newCall(storyId);
    await committed(identity, 'old');
    const newest = await committed(identity, 'new');
    await database.pool.query(
      `update model_calls set started_at = started_at - interval '6 hours', finished_at = finished_at - interval '6 hours'
       where id = $1`,
      [newest],
    );
    expect(await journal.findCommitted(identity, 'story')).toMatchObject({ callId: newest, replyText: 'new' });
  });

  test('finds the file that a reply was stored in', async () => {
    const identity = newCall(storyId, { kind: 'image' });
    const callId = await journal.start(identity, {}, NO_TEXTS);
    await journal.commit(callId, { file: stagedFile('generated/x.png') }, OUTCOME);
    expect(await journal.findCommitted(identity, 'run')).toEqual({
      callId,
      replyText: null,
      replyFile: 'generated/x.png',
      replySha256: 'c'.repeat(64),
    });
  });

  test.each<Partial<CallIdentity>>([
    { workflowTask: 'CREATE_VISUAL_DESIGN' },
    { unitKey: 'another' },
    { kind: 'speech' },
    { model: 'another' },
    { requestHash: 'b'.repeat(64) },
  ])('does not take another request for the same: %j', async (over) => {
    const identity = newCall(storyId);
    await committed(identity, 'reply');
    expect(await journal.findCommitted({ ...identity, ...over }, 'story')).toBeNull();
  });

  test('passes over calls that are open, failed or discarded', async () => {
    const identity = newCall(storyId);
    await journal.start(identity, {}, NO_TEXTS);
    await journal.fail(await journal.start(identity, {}, NO_TEXTS), 'model_empty', 1);
    await journal.discard([await committed(identity, 'useless')]);
    expect(await journal.findCommitted(identity, 'story')).toBeNull();
  });
});

test('discard touches committed calls alone, and takes an empty list', async () => {
  const open = await journal.start(newCall(storyId), {}, NO_TEXTS);
  const done = await committed(newCall(storyId), 'reply');
  await journal.discard([]);
  await journal.discard([open, done, NO_SUCH_ID]);
  expect(await row(open)).toMatchObject({ status: 'started' });
  expect(await row(done)).toMatchObject({ status: 'discarded', reply_text: 'reply' });
});

test('summarize counts every call and adds up what they cost, discarded ones too', async () => {
  const { runId } = newCall(storyId);
  const image = { runId, workflowTask: 'CREATE_SHOT_IMAGES' };
  await committed(newCall(storyId, image), 'a', 0.1);
  await journal.discard([await committed(newCall(storyId, image), 'b', 0.2)]);
  await journal.fail(await journal.start(newCall(storyId, image), {}, NO_TEXTS), 'model_empty', 1);
  await committed(newCall(storyId), 'c', null);
  const images = { workflowTask: 'CREATE_SHOT_IMAGES', calls: 3, costUsd: 0.3 };
  expect(await journal.summarize({ runId })).toEqual([images]);
  expect(await journal.summarize({ storyId })).toEqual([
    images,
    { workflowTask: 'CREATE_AUDIO_DESIGN', calls: 1, costUsd: 0 },
  ]);
  expect(await journal.summarize({ runId: NO_SUCH_ID })).toEqual([]);
});

test('summarize lists tasks in the order in which each began', async () => {
  const { runId } = newCall(storyId);
  for (const workflowTask of ['CREATE_SHOT_IMAGES', 'CREATE_AUDIO_DESIGN', 'CREATE_SHOT_IMAGES']) {
    await committed(newCall(storyId, { runId, workflowTask }), 'reply');
  }
  const tasks = (await journal.summarize({ runId })).map(({ workflowTask }) => workflowTask);
  expect(tasks).toEqual(['CREATE_SHOT_IMAGES', 'CREATE_AUDIO_DESIGN']);
});

describe('a call whose outcome nobody waits for any more', () => {
  const statusOf = async (callId: string) => (await row(callId)).status;
  const leases = () => createStoryLeases(database.kysely);

  test.each<[string, (open: StoryLease) => Promise<unknown>]>([
    ['the story is taken by another', () => leases().acquire(storyId, 'you')],
    ['its task is taken up again', takeUp],
    ['the story is given back', (lease) => lease.release()],
    ['its task ends', endTask],
  ])('is marked as interrupted when %s, and no other', async (_when, happens) => {
    const lease = await leases().acquire(storyId, 'task of mine');
    const bound = createModelCallJournal(database.kysely, lease);
    const other = await createStoryRepositories(database.kysely).stories.create(newStory());
    const done = await committed(newCall(storyId), 'reply');
    const open = await bound.start(newCall(storyId), {}, NO_TEXTS);
    const ofAnother = await journal.start(newCall(other.id), {}, NO_TEXTS);
    await database.pool.query(`update story_leases set expires_at = '2000-01-01' where story_id = $1`, [storyId]);
    await happens(lease);
    expect([await statusOf(done), await statusOf(open), await statusOf(ofAnother)]).toEqual([
      'committed',
      'interrupted',
      'started',
    ]);
    await expect(bound.commit(open, { text: 'late' }, OUTCOME)).rejects.toMatchObject(failure('lease_lost'));
    lease.forget();
  });

  test('is under way while its holder renews the lease and writes', async () => {
    const lease = await createStoryLeases(database.kysely, { renewEveryMs: 10 }).acquire(storyId, 'me');
    const bound = createModelCallJournal(database.kysely, lease);
    const open = await bound.start(newCall(storyId), {}, NO_TEXTS);
    const before = await expiry();
    await expect.poll(expiry).not.toEqual(before);
    await bound.start(newCall(storyId), {}, NO_TEXTS);
    expect(await statusOf(open)).toBe('started');
    await lease.release();
  });

  async function expiry(): Promise<unknown> {
    const { rows } = await database.pool.query('select expires_at from story_leases where story_id = $1', [storyId]);
    return rows[0]?.expires_at;
  }

  async function newTaskId(): Promise<string> {
    const { task } = await createStoryTasksRepository(database.kysely).enqueue(newTask(storyId));
    return task.id;
  }

  async function takeUp(): Promise<void> {
    const taken = await takeUpStoryTask(database.kysely, { taskId: await newTaskId(), holder: 'you', ttlMs: 60_000 });
    await taken?.lease?.release();
  }

  async function endTask(lease: StoryLease): Promise<void> {
    const run = createStoryTaskRun(database.kysely, await newTaskId(), lease);
    await run.start(line('started'));
    await run.finish({ status: 'succeeded' }, line('succeeded'));
  }
});
