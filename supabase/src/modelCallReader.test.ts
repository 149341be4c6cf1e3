import { createTestDatabase } from '@story-tree/testkit/database/database.ts';
import { NO_SUCH_ID, newCall, newStory, OUTCOME } from '@story-tree/testkit/database/fixtures.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from './connect.ts';
import { createModelCallJournal } from './journal.ts';
import { createModelCallReader } from './modelCallReader.ts';
import { createStoryRepositories } from './repositories/index.ts';

const HASH = 'a'.repeat(64);
const NO_TEXTS: ReadonlyMap<string, string> = new Map();

let database: Database;
let journal: ReturnType<typeof createModelCallJournal>;
let reader: ReturnType<typeof createModelCallReader>;
let storyId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  journal = createModelCallJournal(database.kysely);
  reader = createModelCallReader(database.kysely);
});
afterAll(() => database.close());
beforeEach(async () => {
  storyId = (await createStoryRepositories(database.kysely).stories.create(newStory())).id;
});

test.each([NO_SUCH_ID, 'no-uuid', ''])('of story %j there is nothing', async (id) => {
  expect(await reader.modelCalls(id, 10)).toEqual([]);
  expect(await reader.lastRequest(id, 'CREATE_AUDIO_DESIGN', 'document')).toBeNull();
});

describe('modelCalls', () => {
  test('tells of every call of the story, newest first, whatever came of it', async () => {
    const identity = newCall(storyId);
    const committed = await journal.start(identity, {}, NO_TEXTS);
    await journal.commit(committed, { text: 'reply' }, OUTCOME);
    const failed = await journal.start(newCall(storyId, { kind: 'image', unitKey: 'ada' }), {}, NO_TEXTS);
    await journal.fail(failed, 'model_empty', 17.2);
    const started = await journal.start(newCall(storyId), {}, NO_TEXTS);
    const calls = await reader.modelCalls(storyId, 10);
    expect(calls).toMatchObject([
      { id: started, status: 'started', costUsd: null, latencyMs: null, attempts: null, errorCode: null },
      { id: failed, status: 'failed', kind: 'image', unitKey: 'ada', latencyMs: 17, errorCode: 'model_empty' },
      { id: committed },
    ]);
    expect(calls[2]).toEqual({
      id: committed,
      runId: identity.runId,
      workflowTask: identity.workflowTask,
      unitKey: 'document',
      kind: 'text',
      model: 'a-model',
      status: 'committed',
      costUsd: 0.0125,
      latencyMs: 812,
      attempts: 2,
      errorCode: null,
      startedAt: expect.any(Date),
    });
    expect((await reader.modelCalls(storyId, 1)).map(({ id }) => id)).toEqual([started]);
  });
});

describe('lastRequest', () => {
  const last = () => reader.lastRequest(storyId, 'CREATE_AUDIO_DESIGN', 'document');

  test('of a unit that was never asked for is null', async () => {
    await journal.start(newCall(storyId, { unitKey: 'another' }), { prompt: 'x' }, NO_TEXTS);
    expect(await last()).toBeNull();
  });

  test('is the newest one', async () => {
    for (const prompt of ['first', 'second']) await journal.start(newCall(storyId), { prompt }, NO_TEXTS);
    expect(await last()).toEqual({ prompt: 'second' });
  });

  test('has long texts put back wherever they stood, and pictures left as their hash', async () => {
    const picture = { caption: 'Ada', mimeType: 'image/png', sha256: HASH };
    const stored = { sha256: HASH };
    const request = {
      system: stored,
      turns: [{ role: 'user', text: [stored, 'short'] }],
      references: [picture],
      missing: { sha256: 'b'.repeat(64) },
      aspectRatio: null,
      seed: 3,
    };
    await journal.start(newCall(storyId), request, new Map([[HASH, 'a long text']]));
    expect(await last()).toEqual({
      ...request,
      system: 'a long text',
      turns: [{ role: 'user', text: ['a long text', 'short'] }],
    });
  });

  test('does not take texts of another story', async () => {
    const other = await createStoryRepositories(database.kysely).stories.create(newStory());
    await journal.start(newCall(other.id), {}, new Map([[HASH, 'a secret']]));
    await journal.start(newCall(storyId), { system: { sha256: HASH } }, NO_TEXTS);
    expect(await last()).toEqual({ system: { sha256: HASH } });
  });
});
