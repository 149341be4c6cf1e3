import { randomUUID } from 'node:crypto';
import { type NewStoryTask, NOBODY, type Submitted } from '@story-tree/domain';
import { setBackStoredTimes } from '@story-tree/testkit/clock/clock.ts';
import { createTestDatabase, lockWaiters } from '@story-tree/testkit/database/database.ts';
import {
  failure,
  fillPool,
  HOSTILE_TEXT,
  HOSTILE_TEXT_STORED,
  line,
  NO_SUCH_ID,
  newStory,
  newTask,
} from '@story-tree/testkit/database/fixtures.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../connect.ts';
import { createStoryLeases } from '../leases.ts';
import { createStoryRepositories } from '../repositories/index.ts';
import { createStoryTaskRun } from './storyTaskRun.ts';
import { createStoryTasksRepository } from './storyTasks.ts';

let database: Database;
let tasks: ReturnType<typeof createStoryTasksRepository>;
let stories: ReturnType<typeof createStoryRepositories>['stories'];
let storyId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  await fillPool(database);
  tasks = createStoryTasksRepository(database.kysely);
  stories = createStoryRepositories(database.kysely).stories;
});
afterAll(() => database.close());
beforeEach(async () => {
  storyId = (await stories.create(newStory())).id;
});

async function counts() {
  const { rows } = await sql<Record<string, string>>`
    select (select count(*) from stories) as stories, (select count(*) from story_tasks) as tasks,
      (select count(*) from story_task_events) as events, (select count(*) from story_task_keys) as keys,
      (select count(*) from constitution_versions) as versions
  `.execute(database.kysely);
  return rows[0];
}

async function expectNothingStored(refused: () => Promise<unknown>, expected: object) {
  const before = await counts();
  await expect(refused()).rejects.toMatchObject(expected);
  expect(await counts()).toEqual(before);
}

const story = () => stories.get(storyId);

describe('enqueue', () => {
  test.each([NO_SUCH_ID, 'no-uuid'])('refuses a story that does not exist: %s', async (id) => {
    await expectNothingStored(() => tasks.enqueue(newTask(id)), failure('not_found'));
  });

  test('refuses a story that was deleted', async () => {
    await stories.markDeleted(storyId);
    await expectNothingStored(() => tasks.enqueue(newTask(storyId)), failure('not_found'));
  });

  test('waits for a deletion under way, and refuses the story after it', async () => {
    let refused: Promise<unknown> | undefined;
    await database.kysely.transaction().execute(async (tx) => {
      await tx.updateTable('stories').set({ deleted_at: new Date() }).where('id', '=', storyId).execute();
      refused = expect(tasks.enqueue(newTask(storyId))).rejects.toMatchObject(failure('not_found'));
      await expect.poll(() => lockWaiters(database, 'submit_story_task')).toBe(1);
    });
    await refused;
    expect((await tasks.list(storyId, { state: 'all', limit: 1 })).tasks).toEqual([]);
  });

  test('stores the task as it was given, queued, with its first line', async () => {
    const given = newTask(storyId, {
      payload: { text: HOSTILE_TEXT, list: [1, null] },
      displayFields: { title: HOSTILE_TEXT, detail: '"' },
      requestedBy: randomUUID(),
    });
    const { task, created } = await tasks.enqueue(given);
    expect(created).toBe(true);
    expect(task).toEqual({
      id: expect.any(String),
      storyId,
      operation: given.operation,
      status: 'queued',
      progress: 0,
      payload: { text: HOSTILE_TEXT_STORED, list: [1, null] },
      displayFields: { title: HOSTILE_TEXT_STORED, detail: '"' },
      requestedBy: given.requestedBy,
      error: null,
      cancelRequestedAt: null,
      stalledAt: null,
      createdAt: expect.any(Date),
      startedAt: null,
      finishedAt: null,
    });
    expect(await tasks.get(task.id)).toEqual(task);
    expect(await tasks.events(task.id, 10)).toEqual([
      {
        id: expect.stringMatching(/^\d+$/),
        taskId: task.id,
        storyId,
        eventType: 'info',
        step: 'queued',
        message: 'Queued.',
        payload: null,
        createdAt: expect.any(Date),
      },
    ]);
  });

  test('makes the story that the task is to fill', async () => {
    const { task } = await tasks.enqueue(newTask(null), newStory({ displayName: 'New' }));
    expect(await stories.get(task.storyId ?? '')).toMatchObject({ displayName: 'New' });
    expect(await tasks.events(task.id, 10)).toMatchObject([{ storyId: task.storyId, step: 'queued' }]);
  });

  test('stores no story without its task', async () => {
    const idempotency = { key: 'x', requestHash: 'x' };
    const refused = newTask(null, { requestedBy: 'nobody at all', idempotency });
    await expectNothingStored(() => tasks.enqueue(refused, newStory()), failure('internal'));
    await expectNothingStored(
      () => tasks.enqueue(newTask(null), newStory({ initialPrompt: ' ' })),
      failure('internal'),
    );
  });
});

describe('of exclusive tasks', () => {
  test('of many at once, one wins, and the others learn which', async () => {
    const attempts = await Promise.allSettled(Array.from({ length: 20 }, () => tasks.enqueue(newTask(storyId))));
    const [winner, ...more] = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
    expect(more).toEqual([]);
    const losers = attempts.filter((attempt) => attempt.status === 'rejected');
    expect(losers).toHaveLength(19);
    for (const { reason } of losers) {
      expect(reason).toMatchObject({ ...failure('story_busy'), details: { taskId: winner?.task.id } });
    }
    expect((await tasks.list(storyId, { state: 'all', limit: 30 })).tasks).toHaveLength(1);
  });

  test('none is accepted while somebody other than a task writes to the story, and the refusal names the writer', async () => {
    const leases = createStoryLeases(database.kysely);
    const lease = await leases.acquire(storyId, 'command line');
    const busy = { ...failure('story_busy'), details: { holder: 'command line' } };
    await expectNothingStored(() => tasks.enqueue(newTask(storyId)), busy);
    expect((await tasks.enqueue(newTask(storyId, { exclusive: false }))).created).toBe(true);
    await lease.release();
    const dead = sql`select acquire_story_lease(${storyId}, 'command line', interval '-1 second')`;
    await dead.execute(database.kysely);
    const { task } = await tasks.enqueue(newTask(storyId));
    await tasks.cancel(task.id);
    const left = await leases.acquire(storyId, `task ${NO_SUCH_ID}`);
    expect((await tasks.enqueue(newTask(storyId))).created).toBe(true);
    await left.release();
  });

  test('the next one may come when one has ended', async () => {
    const { task } = await tasks.enqueue(newTask(storyId));
    await createStoryTaskRun(database.kysely, task.id).start(line('started'));
    await expect(tasks.enqueue(newTask(storyId))).rejects.toMatchObject(failure('story_busy'));
    await createStoryTaskRun(database.kysely, task.id).finish({ status: 'cancelled' }, line('cancelled'));
    expect((await tasks.enqueue(newTask(storyId))).created).toBe(true);
  });

  test('neither tasks that are not exclusive nor tasks of other stories count', async () => {
    await tasks.enqueue(newTask(storyId, { exclusive: false }));
    await tasks.enqueue(newTask(storyId));
    await tasks.enqueue(newTask(storyId, { exclusive: false }));
    await tasks.enqueue(newTask((await stories.create(newStory())).id));
    expect((await tasks.list(storyId, { state: 'active', limit: 10 })).tasks).toHaveLength(3);
  });
});

describe('with a key', () => {
  let keyed: NewStoryTask;

  beforeEach(() => {
    keyed = newTask(storyId, { requestedBy: randomUUID(), idempotency: { key: 'key', requestHash: 'hash' } });
  });

  test('another request under the same key is refused', async () => {
    await tasks.enqueue(keyed);
    const other = { ...keyed, exclusive: false, idempotency: { key: 'key', requestHash: 'other' } };
    await expectNothingStored(() => tasks.enqueue(other), failure('idempotency_mismatch'));
  });

  test('the same request gives the same task, as it is by then', async () => {
    const first = await tasks.enqueue(keyed);
    const run = createStoryTaskRun(database.kysely, first.task.id);
    await run.start(line('started'));
    const before = await counts();
    const second = await tasks.enqueue(keyed);
    expect(second).toMatchObject({ created: false, task: { id: first.task.id, status: 'running' } });
    await stories.markDeleted(storyId);
    expect(await tasks.enqueue(keyed)).toMatchObject({ created: false, task: { id: first.task.id } });
    expect(await counts()).toEqual(before);
  });

  test('of many equal requests at once, one makes a task and all get it', async () => {
    const submitted = await Promise.all(Array.from({ length: 12 }, () => tasks.enqueue(keyed)));
    expect(submitted.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(submitted.map(({ task }) => task.id)).size).toBe(1);
  });

  test('of many equal requests for a new story, one makes it', async () => {
    const before = await counts();
    const request = { ...keyed, storyId: null };
    const submitted = await Promise.all(Array.from({ length: 6 }, () => tasks.enqueue(request, newStory())));
    expect(new Set(submitted.map(({ task }) => task.storyId)).size).toBe(1);
    expect(Number((await counts())?.stories) - Number(before?.stories)).toBe(1);
  });

  test('a request that was refused leaves the key free', async () => {
    const { task } = await tasks.enqueue(newTask(storyId));
    await expectNothingStored(() => tasks.enqueue(keyed), failure('story_busy'));
    await tasks.cancel(task.id);
    expect((await tasks.enqueue(keyed)).created).toBe(true);
  });

  test('each caller has keys of its own', async () => {
    const first = await tasks.enqueue({ ...keyed, exclusive: false });
    const second = await tasks.enqueue({ ...keyed, exclusive: false, requestedBy: NOBODY });
    expect(second.created).toBe(true);
    expect(second.task.id).not.toBe(first.task.id);
  });

  test.each([
    ['23 hours', false],
    ['25 hours', true],
  ])('used %s ago, a new task is made: %s', async (age, created) => {
    const request = { ...keyed, exclusive: false };
    const first = await tasks.enqueue(request);
    await sql`
      update story_task_keys set created_at = now() - ${age}::interval where task_id = ${first.task.id}
    `.execute(database.kysely);
    const second = await tasks.enqueue(request);
    expect(second.created).toBe(created);
    expect(second.task.id === first.task.id).toBe(!created);
    expect((await tasks.enqueue(request)).task.id).toBe(second.task.id);
  });

  test('after a clock was set back, it stands for its task as long as always', async () => {
    const request = { ...keyed, exclusive: false };
    const { task } = await tasks.enqueue(request);
    await setBackStoredTimes(database, 1_000);
    expect((await tasks.enqueue(request)).task.id).toBe(task.id);
    await setBackStoredTimes(database, -25);
    expect(await tasks.enqueue(request)).toMatchObject({ created: true });
  });

  test('an inline operation is done once', async () => {
    const rename = { ...keyed, exclusive: false };
    const change = { kind: 'rename-story', displayName: 'Once' } as const;
    const first = await tasks.completeInline(rename, change);
    await stories.rename(storyId, 'By somebody else');
    expect(await tasks.completeInline(rename, change)).toEqual({ created: false, task: first.task });
    expect(await story()).toMatchObject({ displayName: 'By somebody else' });
  });
});

describe('completeInline', () => {
  const restore = (version: number) => ({ kind: 'restore-constitution', version }) as const;
  const constitution = (markdown: string) => ({ markdown, targetSceneletsPerPath: 3, proposedTitle: 'Title' });

  test('renames nothing that is not there', async () => {
    await stories.markDeleted(storyId);
    const change = { kind: 'rename-story', displayName: 'New' } as const;
    for (const id of [storyId, NO_SUCH_ID, 'no-uuid', null]) {
      const task = newTask(id, { exclusive: false });
      await expectNothingStored(() => tasks.completeInline(task, change), failure('not_found'));
    }
  });

  test('restores only versions that exist, and only while nobody else is at work', async () => {
    await stories.saveConstitution(storyId, constitution('one'));
    const leases = createStoryLeases(database.kysely);
    const refuse = (version: number, code: Parameters<typeof failure>[0], details = {}) =>
      expectNothingStored(() => tasks.completeInline(newTask(storyId), restore(version)), {
        ...failure(code),
        details,
      });
    await refuse(2, 'not_found');
    const lease = await leases.acquire(storyId, 'me');
    await refuse(1, 'story_busy', { holder: 'me' });
    await lease.release();
    const { task } = await tasks.enqueue(newTask(storyId));
    await refuse(1, 'story_busy', { taskId: task.id });
    expect(await story()).toMatchObject({ storyConstitution: 'one' });
    expect(await leases.holder(storyId)).toBeNull();
    for (const id of [NO_SUCH_ID, 'no-uuid']) {
      await expectNothingStored(() => tasks.completeInline(newTask(id), restore(1)), failure('not_found'));
    }
  });

  test('its key is looked up before anything else, whatever has become of the story', async () => {
    await stories.saveConstitution(storyId, constitution('one'));
    const changes = [restore(1), { kind: 'rename-story', displayName: 'New' }] as const;
    const submissions = changes.map((change) => {
      const idempotency = { key: randomUUID(), requestHash: 'hash' };
      return () => tasks.completeInline(newTask(storyId, { idempotency }), change);
    });
    const first: Submitted[] = [];
    for (const submit of submissions) first.push(await submit());
    const again = async () => {
      for (const [index, submit] of submissions.entries()) {
        expect(await submit()).toEqual({ created: false, task: first[index]?.task });
      }
    };
    const lease = await createStoryLeases(database.kysely).acquire(storyId, 'me');
    await again();
    await lease.release();
    const { task } = await tasks.enqueue(newTask(storyId));
    await again();
    await tasks.cancel(task.id);
    await stories.markDeleted(storyId);
    await again();
  });

  test('creates a story', async () => {
    const { task } = await tasks.completeInline(newTask(null, { operation: 'CREATE_STORY' }), {
      kind: 'create-story',
      story: newStory({ displayName: 'New' }),
    });
    expect(task).toMatchObject({ status: 'succeeded', progress: 100, finishedAt: expect.any(Date) });
    expect(await stories.get(task.storyId ?? '')).toMatchObject({ displayName: 'New' });
    expect(await tasks.events(task.id, 10)).toMatchObject([{ step: 'succeeded' }, { step: 'queued' }]);
  });

  test('renames a story, also while it is busy', async () => {
    await tasks.enqueue(newTask(storyId));
    const task = newTask(storyId, { operation: 'RENAME_STORY', exclusive: false });
    const { task: done } = await tasks.completeInline(task, { kind: 'rename-story', displayName: HOSTILE_TEXT });
    expect(done).toMatchObject({ storyId, status: 'succeeded' });
    expect(await story()).toMatchObject({ displayName: HOSTILE_TEXT_STORED, namedByPerson: true });
    expect((await tasks.events(done.id, 1))[0]?.message).toContain(HOSTILE_TEXT_STORED);
  });

  test('restores a constitution as a new version', async () => {
    for (const text of ['one', 'two']) await stories.saveConstitution(storyId, constitution(text));
    const { task } = await tasks.completeInline(newTask(storyId), restore(1));
    expect(await story()).toMatchObject({ storyConstitution: 'one' });
    expect(await stories.constitutionVersions(storyId)).toMatchObject([
      { version: 3, markdown: 'one', origin: 'restored', runId: task.id },
      { version: 2, markdown: 'two', origin: 'generated' },
      { version: 1, markdown: 'one', origin: 'generated' },
    ]);
    expect((await tasks.events(task.id, 1))[0]).toMatchObject({
      message: 'Version 1 of the constitution was restored as version 3.',
      payload: { version: 3 },
    });
  });
});
