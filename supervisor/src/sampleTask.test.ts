import { NOBODY, type StoryTask, type StoryTaskOutcome, type UncheckedRequest } from '@story-tree/domain';
import { SAMPLE_PROMPT } from '@story-tree/stub-models';
import { createStoryRepositories, createStoryTaskRun, createStoryTasksRepository } from '@story-tree/supabase';
import { setBackStoredTimes } from '@story-tree/testkit/clock/clock.ts';
import { createTestDatabase, type TestDatabase } from '@story-tree/testkit/database/database.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sampleTask } from './sampleTask.ts';

const SUBMITTED = { id: 'submitted' } as StoryTask;
const LINE = { eventType: 'info', step: 'a-step', message: 'A line.' } as const;

let database: TestDatabase;
let asked: UncheckedRequest[];

beforeEach(async () => {
  database = await createTestDatabase();
  asked = [];
});
afterEach(() => database.close());

/** As a start does that began after that event; just now, without. */
async function decide(after?: string): Promise<StoryTask | null> {
  const tasks = createStoryTasksRepository(database.kysely);
  return await sampleTask({
    database,
    begunAfter: after ?? (await tasks.cursor()),
    tasks,
    storyTasks: {
      async submit(request) {
        asked.push(request);
        return { task: SUBMITTED, created: true };
      },
    },
  });
}

const sample = {
  displayName: 'The sample',
  namedByPerson: false,
  initialPrompt: SAMPLE_PROMPT,
  creationOptions: {},
  mode: 'stub',
} as const;

async function enqueueSample(): Promise<StoryTask> {
  const { task } = await createStoryTasksRepository(database.kysely).enqueue(
    {
      operation: 'CREATE_STORY',
      storyId: null,
      payload: { prompt: SAMPLE_PROMPT, runAll: true },
      displayFields: { title: 'Create story' },
      requestedBy: NOBODY,
      exclusive: true,
    },
    sample,
  );
  return task;
}

async function endedSample(outcome: StoryTaskOutcome): Promise<StoryTask> {
  const task = await enqueueSample();
  const run = createStoryTaskRun(database.kysely, task.id);
  await run.start(LINE);
  return await run.finish(outcome, LINE);
}

test('after a failure the next start continues the same story', async () => {
  const failed = await endedSample({ status: 'failed', error: { code: 'file_error', message: 'The disk is full.' } });
  expect(await decide()).toBe(SUBMITTED);
  expect(asked).toMatchObject([
    { operation: 'RUN_WORKFLOW_TASK', storyId: failed.storyId, payload: { task: 'ALL' }, requestedBy: NOBODY },
  ]);
});

test('on the first start the sample is asked for, always in stub mode', async () => {
  expect(await decide()).toBe(SUBMITTED);
  expect(asked).toMatchObject([
    {
      operation: 'CREATE_STORY',
      payload: { prompt: SAMPLE_PROMPT, runAll: true },
      mode: 'stub',
      requestedBy: NOBODY,
      idempotencyKey: expect.any(String),
    },
  ]);
});

test('a task that was interrupted is the one to watch', async () => {
  const { id } = await enqueueSample();
  expect(await decide()).toMatchObject({ id });
  expect(asked).toEqual([]);
});

test.each([0, 6, -6])(
  'a task that has ended since the start began is told of as well; clock set back by %d h',
  async (hours) => {
    const { id } = await endedSample({ status: 'succeeded' });
    await setBackStoredTimes(database, hours);
    expect(await decide('0')).toMatchObject({ id, status: 'succeeded' });
    expect(asked).toEqual([]);
  },
);

test.each([{ status: 'succeeded' }, { status: 'cancelled' }] as const)(
  'nothing is done about a sample whose task has $status',
  async (outcome) => {
    await endedSample(outcome);
    expect(await decide()).toBeNull();
    expect(asked).toEqual([]);
  },
);

test('a sample that was deleted stays deleted', async () => {
  const { stories } = createStoryRepositories(database.kysely);
  await stories.markDeleted((await stories.create(sample)).id);
  expect(await decide()).toBeNull();
  expect(asked).toEqual([]);
});

test('a sample that the command line made is left alone', async () => {
  await createStoryRepositories(database.kysely).stories.create(sample);
  expect(await decide()).toBeNull();
});

test('a story of the same prompt with real models is not the sample', async () => {
  await createStoryRepositories(database.kysely).stories.create({ ...sample, mode: 'real' });
  expect(await decide()).toBe(SUBMITTED);
});
