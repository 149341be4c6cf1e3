import { randomUUID } from 'node:crypto';
import { NOBODY } from '@story-tree/domain';
import { createStoryRepositories } from '@story-tree/supabase';
import { scripted } from '@story-tree/testkit/worker/scriptedOperation.ts';
import { useWorkshop } from '@story-tree/testkit/worker/useWorkshop.ts';
import { describe, expect, it } from 'vitest';

const workshop = useWorkshop('postgres');

const rename = (storyId: string, displayName: string) => ({
  operation: 'RENAME_STORY',
  storyId,
  payload: { displayName },
  requestedBy: NOBODY,
});
const createStory = (payload: Record<string, unknown>) => ({ operation: 'CREATE_STORY', payload, requestedBy: NOBODY });

describe('a request that cannot be taken', () => {
  it.each([
    ['an unknown operation', { operation: 'PAINT_STORY', payload: {} }, ['operation']],
    ['a story that is missing', { operation: 'DELETE_STORY', payload: {} }, ['storyId']],
    [
      'a story where a new one is made',
      { operation: 'CREATE_STORY', storyId: randomUUID(), payload: { prompt: 'A door' } },
      ['storyId'],
    ],
    [
      'a name of nothing',
      { operation: 'RENAME_STORY', storyId: randomUUID(), payload: { displayName: ' ' } },
      ['payload.displayName'],
    ],
    [
      'several things at once',
      { operation: 'CREATE_STORY', payload: { targetScenelets: 0 } },
      ['payload.prompt', 'payload.targetScenelets'],
    ],
    ['no payload', { operation: 'CREATE_STORY', payload: null }, ['payload']],
    [
      'an unknown workflow task',
      { operation: 'RUN_WORKFLOW_TASK', storyId: randomUUID(), payload: { task: 'CREATE_MUSIC' } },
      ['payload.task'],
    ],
    [
      'an option that a workflow task does not have',
      {
        operation: 'RUN_WORKFLOW_TASK',
        storyId: randomUUID(),
        payload: { task: 'CREATE_SHOT_AUDIO', options: { outputPath: '/tmp' } },
      },
      ['payload.options.outputPath'],
    ],
  ])('%s: is refused with its places', async (_what, request, paths) => {
    const { storyTasks, tasks } = workshop();
    const refused = await storyTasks.submit({ requestedBy: NOBODY, ...request }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'invalid_input' });
    const { issues } = refused as { issues: { path: string; message: string }[] };
    expect(issues.map(({ path }) => path).sort()).toEqual(paths);
    for (const { message } of issues) expect(message).not.toBe('');
    expect(await tasks.listActive()).toEqual([]);
  });

  it.each([randomUUID(), 'none'])('story %s: there is none', async (storyId) => {
    const { storyTasks } = workshop();
    await expect(storyTasks.submit(scripted(storyId))).rejects.toMatchObject({ code: 'not_found' });
    await expect(storyTasks.submit(rename(storyId, 'New'))).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a story that is taken', () => {
  it('is told with the task that has it', async () => {
    const { storyTasks, newStory } = workshop();
    const storyId = await newStory();
    const { task } = await storyTasks.submit(scripted(storyId));
    await expect(storyTasks.submit(scripted(storyId))).rejects.toMatchObject({
      code: 'story_busy',
      details: { taskId: task.id },
    });
  });

  it('is told with whoever else has it', async () => {
    const { storyTasks, newStory, leases, tasks } = workshop();
    const storyId = await newStory();
    const lease = await leases.acquire(storyId, 'command line');
    const restore = { operation: 'RESTORE_CONSTITUTION', storyId, payload: { version: 1 }, requestedBy: NOBODY };
    for (const request of [scripted(storyId), restore]) {
      await expect(storyTasks.submit(request)).rejects.toMatchObject({
        code: 'story_busy',
        details: { holder: 'command line' },
      });
    }
    expect(await tasks.listActive()).toEqual([]);
    // Names are free.
    expect((await storyTasks.submit(rename(storyId, 'New'))).task.status).toBe('succeeded');
    await lease.release();
  });

  it('keeps an old constitution from coming back while a task is at work', async () => {
    const { storyTasks, newStory, leases } = workshop();
    const storyId = await newStory();
    const taskId = randomUUID();
    const lease = await leases.acquire(storyId, `task ${taskId}`);
    await expect(
      storyTasks.submit({ operation: 'RESTORE_CONSTITUTION', storyId, payload: { version: 1 }, requestedBy: NOBODY }),
    ).rejects.toMatchObject({ code: 'story_busy', details: { taskId } });
    await lease.release();
  });
});

describe('quick operations', () => {
  it('are done when the answer comes', async () => {
    const { storyTasks, newStory, database, queue, steps, leases } = workshop();
    const { stories } = createStoryRepositories(database.kysely);
    const storyId = await newStory();
    const renamed = await storyTasks.submit(rename(storyId, '  The Lantern '));
    expect(renamed.task).toMatchObject({
      status: 'succeeded',
      progress: 100,
      displayFields: { detail: 'The Lantern' },
    });
    expect(await steps(renamed.task.id)).toEqual(['queued', 'succeeded']);
    expect(await stories.get(storyId)).toMatchObject({ displayName: 'The Lantern', namedByPerson: true });

    await stories.reviseConstitution(storyId, 'one', 'generated');
    await stories.reviseConstitution(storyId, 'two', 'generated');
    await storyTasks.submit({
      operation: 'RESTORE_CONSTITUTION',
      storyId,
      payload: { version: 1 },
      requestedBy: NOBODY,
    });
    expect(await stories.get(storyId)).toMatchObject({ storyConstitution: 'one' });
    expect(await leases.holder(storyId)).toBeNull();
    expect(await queue.metrics()).toMatchObject({ waiting: 0 });
  });

  it('make a story with nothing in it', async () => {
    const { storyTasks, database, queue } = workshop();
    const { task } = await storyTasks.submit(
      createStory({ prompt: 'A door in the sea, and whoever opens it', language: 'German' }),
    );
    expect(task.status).toBe('succeeded');
    expect(await createStoryRepositories(database.kysely).stories.get(String(task.storyId))).toMatchObject({
      displayName: 'A door in the sea, and whoever opens it',
      namedByPerson: false,
      creationOptions: { language: 'German' },
      mode: 'stub',
    });
    expect(await queue.metrics()).toMatchObject({ waiting: 0 });
  });
});

describe('queued operations', () => {
  it('get a job that carries what the worker needs', async () => {
    const { storyTasks, database, queue } = workshop();
    const payload = { prompt: 'A door in the sea', displayName: 'The Door', runAll: true };
    const { task, created } = await storyTasks.submit({ ...createStory(payload), mode: 'real' });
    expect(created).toBe(true);
    expect(task).toMatchObject({ status: 'queued', progress: 0, payload, requestedBy: NOBODY });
    const story = await createStoryRepositories(database.kysely).stories.get(String(task.storyId));
    expect(story).toMatchObject({ displayName: 'The Door', namedByPerson: true, mode: 'real' });
    expect(await queue.unfinished()).toEqual([task.id]);
    const { rows } = await database.pool.query('select id, data from bullmq.job');
    expect(rows).toEqual([
      { id: task.id, data: { taskId: task.id, operation: 'CREATE_STORY', storyId: task.storyId, payload } },
    ]);
  });

  it('are closed to whoever signs in through the API', async () => {
    const { database } = workshop();
    const { rows } = await database.pool.query(`
      select rolname, has_schema_privilege(rolname, 'bullmq', 'usage') as usage,
             has_table_privilege(rolname, 'bullmq.job', 'select') as reads
      from pg_roles where rolname in ('anon', 'authenticated') order by rolname`);
    expect(rows).toEqual([
      { rolname: 'anon', usage: false, reads: false },
      { rolname: 'authenticated', usage: false, reads: false },
    ]);
  });
});

describe('the same key', () => {
  it('gives the same task again, however often and however close together', async () => {
    const { storyTasks, newStory, queue } = workshop();
    const request = { ...scripted(await newStory()), idempotencyKey: 'once' };
    const answers = await Promise.all(Array.from({ length: 5 }, () => storyTasks.submit(request)));
    expect(new Set(answers.map(({ task }) => task.id)).size).toBe(1);
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
    expect(await queue.metrics()).toMatchObject({ waiting: 1 });
  });

  it('is of no use for another request', async () => {
    const { storyTasks, newStory } = workshop();
    const request = { ...scripted(await newStory()), idempotencyKey: 'once' };
    await storyTasks.submit(request);
    for (const other of [{ payload: { guidance: 'other' } }, { storyId: await newStory() }]) {
      await expect(storyTasks.submit({ ...request, ...other })).rejects.toMatchObject({ code: 'idempotency_mismatch' });
    }
  });

  it('gives the same answer again while somebody is at work, and once the story is gone', async () => {
    const { storyTasks, newStory, database, leases } = workshop();
    const storyId = await newStory();
    const { stories } = createStoryRepositories(database.kysely);
    await stories.reviseConstitution(storyId, 'one', 'generated');
    const about = { storyId, requestedBy: NOBODY };
    const requests = [
      { ...about, operation: 'RENAME_STORY', payload: { displayName: 'New' }, idempotencyKey: 'rename' },
      { ...about, operation: 'RESTORE_CONSTITUTION', payload: { version: 1 }, idempotencyKey: 'restore' },
      { ...scripted(storyId), idempotencyKey: 'queued' },
    ];
    const first: string[] = [];
    for (const request of requests) first.push((await storyTasks.submit(request)).task.id);
    const again = () => Promise.all(requests.map(async (request) => (await storyTasks.submit(request)).task.id));
    // By now a task waits for the story.
    expect(await again()).toEqual(first);
    const lease = await leases.acquire(storyId, 'command line');
    expect(await again()).toEqual(first);
    await lease.release();
    await stories.markDeleted(storyId);
    expect(await again()).toEqual(first);
    const other = { ...about, operation: 'RESTORE_CONSTITUTION', payload: { version: 2 }, idempotencyKey: 'restore' };
    await expect(storyTasks.submit(other)).rejects.toMatchObject({ code: 'idempotency_mismatch' });
  });

  it('restores a constitution once when asked twice at the same moment', async () => {
    const { storyTasks, newStory, database } = workshop();
    const storyId = await newStory();
    const { stories } = createStoryRepositories(database.kysely);
    await stories.reviseConstitution(storyId, 'one', 'generated');
    const request = { operation: 'RESTORE_CONSTITUTION', storyId, payload: { version: 1 }, requestedBy: NOBODY };
    const answers = await Promise.all([1, 2, 3].map(() => storyTasks.submit({ ...request, idempotencyKey: 'once' })));
    expect(new Set(answers.map(({ task }) => task.id)).size).toBe(1);
    expect(await stories.constitutionVersions(storyId)).toHaveLength(2);
  });
});
