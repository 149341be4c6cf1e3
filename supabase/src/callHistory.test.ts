import type { CallHistory, CallIdentity, CallOutcome, Estimate, StoryMode } from '@story-tree/domain';
import { createTestDatabase } from '@story-tree/testkit/database/database.ts';
import {
  NO_SUCH_ID,
  newCall,
  newScenelet,
  newShot,
  newStory,
  newTask,
  OUTCOME,
} from '@story-tree/testkit/database/fixtures.ts';
import { visualDesignOf } from '@story-tree/testkit/stories/tellableStory.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createCallHistory } from './callHistory.ts';
import type { Database } from './connect.ts';
import { createModelCallJournal } from './journal.ts';
import { createStoryLeases } from './leases.ts';
import { createStoryRepositories } from './repositories/index.ts';
import { createStoryTaskRun } from './story-tasks/storyTaskRun.ts';
import { createStoryTasksRepository } from './story-tasks/storyTasks.ts';

const LINES = [{ type: 'monologue', source: 'narrator', line: 'Look.' }] as const;

let database: Database;
let history: CallHistory;
let journal: ReturnType<typeof createModelCallJournal>;
let repositories: ReturnType<typeof createStoryRepositories>;

beforeAll(async () => {
  database = await createTestDatabase();
  history = createCallHistory(database.kysely);
  journal = createModelCallJournal(database.kysely);
  repositories = createStoryRepositories(database.kysely);
});
afterAll(() => database.close());
beforeEach(() => database.pool.query('truncate public.stories cascade'));

const storyOf = async (mode: StoryMode = 'stub') => (await repositories.stories.create(newStory({ mode }))).id;

async function call(storyId: string, over: Partial<CallIdentity> = {}, outcome: Partial<CallOutcome> = {}) {
  const identity = newCall(storyId, over);
  const id = await journal.start(identity, {}, new Map());
  await journal.commit(id, { text: 'reply' }, { ...OUTCOME, ...outcome });
  return identity;
}

describe('records', () => {
  test('sum calls, units, dollars and time of each task and model', async () => {
    const storyId = await storyOf();
    const { runId } = await call(storyId, { unitKey: 'one' }, { costUsd: 0.25, latencyMs: 100 });
    await call(storyId, { unitKey: 'one', runId }, { costUsd: 0.5, latencyMs: 200 });
    const failed = await journal.start(newCall(storyId, { unitKey: 'two' }), {}, new Map());
    await journal.fail(failed, 'model_empty', 50);
    await journal.start(newCall(storyId, { unitKey: 'three' }), {}, new Map());
    await call(storyId, { model: 'another' }, { costUsd: null });
    const records = await history.records({ storyId });
    expect(records.toSorted((a, b) => a.model.localeCompare(b.model))).toEqual([
      {
        workflowTask: 'CREATE_AUDIO_DESIGN',
        model: 'a-model',
        stories: 1,
        calls: 3,
        units: 2,
        costUsd: 0.75,
        latencyMs: 350,
      },
      expect.objectContaining({ model: 'another', calls: 1, costUsd: null }),
    ]);
  });

  test('are of the newest stories of a mode, or of one story', async () => {
    const [stub, real] = [await storyOf('stub'), await storyOf('real')];
    await call(stub);
    await call(real);
    await call(await storyOf('real'));
    expect(await history.records({ mode: 'real' })).toMatchObject([{ stories: 2, calls: 2 }]);
    expect(await history.records({ storyId: real })).toMatchObject([{ stories: 1, calls: 1 }]);
    expect(await history.records({ storyId: NO_SUCH_ID })).toEqual([]);
    expect(await history.records({ storyId: 'no-uuid' })).toEqual([]);
  });
});

describe('measures', () => {
  test('are of stories whose script is complete', async () => {
    const storyId = await storyOf();
    const [root] = await repositories.scenelets.addStep(storyId, {
      parentId: null,
      choicePrompt: null,
      scenelets: [newScenelet('scenelet-1')],
    });
    expect(await history.measures('stub')).toEqual([]);

    const ending = newScenelet('scenelet-2', { isTerminalNode: true });
    await repositories.scenelets.addStep(storyId, {
      parentId: root?.id ?? '',
      choicePrompt: null,
      scenelets: [ending],
    });
    const nothing = { targetSceneletsPerPath: null, sceneletsWithShots: 0, shots: 0, spokenShots: 0 };
    expect(await history.measures('stub')).toEqual([
      { ...nothing, scenelets: 2, endings: 1, characters: null, environments: null },
    ]);
    expect(await history.measures('real')).toEqual([]);

    const shots = [newShot(1), newShot(2, { audio_and_narrative: [...LINES] })];
    await repositories.shots.replaceForScenelet(storyId, root?.id ?? '', 1, shots);
    await repositories.stories.saveVisualDesign(storyId, visualDesignOf({ bo: 'Bo', tam: 'Tam' }, { quay: 'Quay' }));
    expect(await history.measures('stub')).toMatchObject([
      { sceneletsWithShots: 1, shots: 2, spokenShots: 1, characters: 2, environments: 1 },
    ]);
  });
});

describe('spending', () => {
  test('is what one run has cost, and what it left under way', async () => {
    const storyId = await storyOf();
    const { runId } = await call(storyId, {}, { costUsd: 0.5 });
    await call(storyId, { runId, unitKey: 'two' }, { costUsd: 0.25 });
    await call(storyId);
    await journal.start(newCall(storyId, { runId, kind: 'image', model: 'painter' }), {}, new Map());
    const expected = {
      calls: 3,
      costUsd: 0.75,
      unfinished: [{ workflowTask: 'CREATE_AUDIO_DESIGN', kind: 'image', model: 'painter' }],
    };
    expect(await history.spending(runId)).toEqual(expected);
    // Interrupted: it may have been billed all the same.
    await (await createStoryLeases(database.kysely).acquire(storyId, 'the next')).release();
    expect(await history.spending(runId)).toEqual(expected);
    expect(await history.spending(NO_SUCH_ID)).toEqual({ calls: 0, costUsd: 0, unfinished: [] });
  });
});

describe('runs', () => {
  test('show what they took beside what was estimated', async () => {
    const storyId = await storyOf();
    const tasks = createStoryTasksRepository(database.kysely);
    const { task } = await tasks.enqueue(newTask(storyId));
    const estimate = { calls: 9, costUsd: 1.5, durationMs: 60_000, tasks: [], basis: {} } as unknown as Estimate;
    const said = { eventType: 'info', step: 'estimated', message: 'Estimated.', payload: { ...estimate } } as const;
    await createStoryTaskRun(database.kysely, task.id).record([said]);
    await call(storyId, { runId: task.id }, { costUsd: 0.5 });
    const { runId } = await call(storyId, {}, { costUsd: null });
    const [latest, first] = await history.runs(storyId, 10);
    expect(latest).toMatchObject({ runId, taskId: null, title: null, calls: 1, costUsd: 0, estimated: null });
    expect(first).toMatchObject({
      ...{ runId: task.id, taskId: task.id, title: 'Create audio design', calls: 1, costUsd: 0.5 },
      estimated: { calls: 9, costUsd: 1.5, durationMs: 60_000 },
      startedAt: expect.any(Date),
      durationMs: expect.any(Number),
    });
    expect(await history.runs(storyId, 1)).toHaveLength(1);
    expect(await history.runs('no-uuid', 1)).toEqual([]);
  });
});
