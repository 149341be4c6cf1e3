import { randomUUID } from 'node:crypto';
import { until } from '@story-tree/testkit/database/clusters.ts';
import { errorOf, useSharedApi } from '@story-tree/testkit/http/api.ts';
import { startCli } from '@story-tree/testkit/programs/cli.ts';
import { describe, expect, it } from 'vitest';
import type { TaskDetail, TaskPage } from '../../apps/story-tree-ui/src/wire/index.ts';

// No worker: what is queued stays queued.
const api = useSharedApi();

const regenerate = (storyId: string) => ({ operation: 'REGENERATE_CONSTITUTION', storyId, payload: {} });

describe('asking for a task', () => {
  it.each([
    [{}, 'operation'],
    [{ operation: 'BAKE_CAKE', payload: {} }, 'operation'],
    [{ operation: 7, payload: {} }, 'operation'],
    [{ operation: 'RENAME_STORY', payload: { displayName: 'X' } }, 'storyId'],
    [{ operation: 'RENAME_STORY', storyId: randomUUID(), payload: { displayName: ' ' } }, 'payload.displayName'],
    [{ operation: 'CREATE_STORY', payload: { prompt: 'A', colour: 'red' } }, 'payload'],
    [{ operation: 'CREATE_STORY', storyId: randomUUID(), payload: { prompt: 'A' } }, 'storyId'],
    [{ operation: 'CREATE_STORY', payload: [] }, 'payload'],
    [{ operation: 'CREATE_STORY', payload: { prompt: 'A\0door' } }, 'payload.prompt'],
    [{ operation: 'CREATE_STORY', payload: { prompt: 'A \ud83d door' } }, 'payload.prompt'],
    [{ operation: 'CREATE_STORY', payload: { prompt: '\u200b\u202e\u3164' } }, 'payload.prompt'],
    [
      { operation: 'CREATE_STORY', payload: { prompt: 'A', displayName: '\u200b', language: '\0' } },
      'payload.language',
    ],
    [{ operation: 'RENAME_STORY', storyId: '\0', payload: { displayName: 'A' } }, 'storyId'],
    [
      { operation: 'CONSTITUTION_CHAT_UPDATE', storyId: randomUUID(), payload: { turns: ['Hi', '\u2060'] } },
      'payload.turns.1',
    ],
    [
      { operation: 'REGENERATE_CONSTITUTION', storyId: randomUUID(), payload: { guidance: '\udc00' } },
      'payload.guidance',
    ],
    [
      {
        operation: 'RUN_WORKFLOW_TASK',
        storyId: randomUUID(),
        payload: { task: 'CREATE_SHOT_AUDIO', options: { targetSceneletId: 'a\0' } },
      },
      'payload.options.targetSceneletId',
    ],
    [{ operation: 'DELETE_STORY', storyId: randomUUID(), extra: 1 }, ''],
    [{ operation: 'RUN_WORKFLOW_TASK', storyId: randomUUID(), payload: { task: 'CREATE_CAKE' } }, 'payload.task'],
    [
      {
        operation: 'RUN_WORKFLOW_TASK',
        storyId: randomUUID(),
        payload: { task: 'CREATE_PLAYER_BUNDLE', options: { outputPath: '/etc' } },
      },
      'payload.options.outputPath',
    ],
  ])('refuses %j, and says what is wrong', async (body, path) => {
    const response = await api().post('/api/story-tasks', body);
    expect(response.status).toBe(422);
    const { code, issues } = await errorOf(response);
    expect(code).toBe('invalid_input');
    expect(issues?.map((issue) => issue.path)).toContain(path);
  });

  it('refuses a query with half a text in it', async () => {
    for (const address of [
      '/api/stories/x/player.html?scenelet=%00',
      '/api/events?story=%00',
      '/api/estimate?until=%00',
    ]) {
      const response = await api().fetch(address);
      expect(response.status, address).toBe(422);
      expect(await errorOf(response)).toMatchObject({ message: expect.stringMatching(/^\w+: This contains a NUL/) });
    }
  });

  it('knows which stories there are', async () => {
    for (const storyId of [randomUUID(), 'scenelet-1']) {
      const response = await api().post('/api/story-tasks', regenerate(storyId));
      expect(response.status).toBe(404);
      expect((await errorOf(response)).code).toBe('not_found');
    }
  });

  it('answers with the task, which is queued and has said so', async () => {
    const storyId = await api().newStory();
    const taskId = await api().submit(regenerate(storyId));
    const task = await api().read<TaskDetail>(`/api/story-tasks/${taskId}`);
    expect(task).toMatchObject({ id: taskId, storyId, status: 'queued', progress: 0, payload: {} });
    expect(task.events.map(({ step, eventType }) => [step, eventType])).toEqual([['queued', 'info']]);
    expect(task).not.toHaveProperty('error');
    const { rows } = await api().app.place.database.pool.query('select status from story_tasks where id = $1', [
      taskId,
    ]);
    expect(rows).toEqual([{ status: 'queued' }]);
  });

  it('has more of its log, page by page, back to the first line', async () => {
    const taskId = await api().submit(regenerate(await api().newStory()));
    const lines = Array.from({ length: 5 }, (_, n) => ({ eventType: 'info', step: `line-${n}`, message: 'A line.' }));
    const { pool } = api().app.place.database;
    await pool.query('select public.append_story_task_events($1, $2)', [taskId, JSON.stringify(lines)]);
    const seen: string[][] = [];
    for (let before = ''; before !== 'none'; ) {
      const page = await api().read<TaskDetail>(`/api/story-tasks/${taskId}?limit=2${before}`);
      seen.push(page.events.map(({ step }) => step));
      before = page.nextBefore === null ? 'none' : `&before=${page.nextBefore}`;
    }
    expect(seen).toEqual([
      ['line-4', 'line-3'],
      ['line-2', 'line-1'],
      ['line-0', 'queued'],
    ]);
    for (const query of ['before=x', 'before=-1', `before=${'9'.repeat(19)}`, 'limit=0', 'limit=201', 'before=%00']) {
      expect((await api().fetch(`/api/story-tasks/${taskId}?${query}`)).status, query).toBe(422);
    }
  });

  it('renames at once, and tells it as a task that has succeeded', async () => {
    const storyId = await api().newStory();
    const taskId = await api().submit({ operation: 'RENAME_STORY', storyId, payload: { displayName: 'Zoé 李小龙' } });
    const task = await api().read<TaskDetail>(`/api/story-tasks/${taskId}`);
    expect(task).toMatchObject({ status: 'succeeded', progress: 100 });
    expect(task.events.map(({ step }) => step)).toEqual(['succeeded', 'queued']);
    const { story } = await api().read<{ story: { displayName: string } }>(`/api/stories/${storyId}`);
    expect(story.displayName).toBe('Zoé 李小龙');
  });

  it('refuses a second exclusive task, naming the first', async () => {
    const storyId = await api().newStory();
    const taskId = await api().submit(regenerate(storyId));
    const response = await api().post('/api/story-tasks', regenerate(storyId));
    expect(response.status).toBe(409);
    expect(await errorOf(response)).toMatchObject({ code: 'story_busy', taskId });
    // Renaming is no obstacle, and meets none.
    await api().submit({ operation: 'RENAME_STORY', storyId, payload: { displayName: 'Other' } });
  });

  it('refuses a story that the command line works on, naming it', async () => {
    const { place } = api().app;
    const storyId = await api().newStory();
    const run = startCli(['run-all', '--story-id', storyId, '--mode', 'stub'], {
      ...place.variables,
      STUB_LATENCY_MS: '500',
    });
    const leased = async () =>
      (await place.database.pool.query('select from story_leases where story_id = $1', [storyId])).rows.length > 0;
    await until('the command line works on it', () => {
      expect(run.process.exitCode).toBeNull();
      return leased();
    });
    const response = await api().post('/api/story-tasks', regenerate(storyId));
    run.process.kill('SIGKILL');
    expect(response.status).toBe(409);
    expect(await errorOf(response)).toMatchObject({ code: 'story_busy', holder: 'command line' });
  });
});

describe('an Idempotency-Key', () => {
  const create = (prompt: string, key: string) =>
    api().post('/api/story-tasks', { operation: 'CREATE_STORY', payload: { prompt } }, { 'idempotency-key': key });

  it('gives the same task for the same request, also when both come at once', async () => {
    const key = randomUUID();
    const answers = await Promise.all([create('Twice', key), create('Twice', key)]);
    const [one, other] = await Promise.all(answers.map((answer) => answer.json()));
    expect(one).toEqual(other);
    const { rows } = await api().app.place.database.pool.query(
      `select count(*)::int as made from stories where initial_prompt = 'Twice'`,
    );
    expect(rows).toEqual([{ made: 1 }]);
  });

  it('is refused for another request, and when it is none', async () => {
    const key = randomUUID();
    expect((await create('One', key)).status).toBe(202);
    const other = await create('Other', key);
    expect(other.status).toBe(422);
    expect((await errorOf(other)).code).toBe('idempotency_mismatch');
    const unusable = await create('One', 'x'.repeat(201));
    expect(unusable.status).toBe(400);
    expect((await errorOf(unusable)).code).toBe('bad_request');
  });
});

describe('cancelling', () => {
  it('ends a queued task, and refuses one that has ended', async () => {
    const taskId = await api().submit(regenerate(await api().newStory()));
    const first = await api().post(`/api/story-tasks/${taskId}/cancel`, {});
    expect(first.status).toBe(202);
    expect(await first.json()).toMatchObject({ task: { id: taskId, status: 'cancelled' } });
    const second = await api().post(`/api/story-tasks/${taskId}/cancel`, {});
    expect(second.status).toBe(409);
    expect((await errorOf(second)).code).toBe('task_ended');
  });

  it('needs no body, and knows which tasks there are', async () => {
    const taskId = await api().submit(regenerate(await api().newStory()));
    expect((await api().fetch(`/api/story-tasks/${taskId}/cancel`, { method: 'POST' })).status).toBe(202);
    for (const id of [randomUUID(), 'x']) {
      const response = await api().fetch(`/api/story-tasks/${id}/cancel`, { method: 'POST' });
      expect(response.status).toBe(404);
      expect((await errorOf(response)).code).toBe('not_found');
    }
  });
});

describe("a story's tasks", () => {
  it('come newest first, page by page', async () => {
    const storyId = await api().newStory();
    for (const displayName of ['A', 'B', 'C', 'D']) {
      await api().submit({ operation: 'RENAME_STORY', storyId, payload: { displayName } });
    }
    const details: unknown[] = [];
    let path = `/api/stories/${storyId}/tasks?limit=2`;
    for (let pages = 0; pages < 3; pages += 1) {
      const page = await api().read<TaskPage>(path);
      details.push(...page.tasks.map(({ displayFields }) => displayFields.detail));
      expect(page.tasks[0]).not.toHaveProperty('payload');
      path = `/api/stories/${storyId}/tasks?limit=2&cursor=${page.nextCursor}`;
      expect(page.nextCursor === null).toBe(pages === 2);
    }
    expect(details).toEqual(['D', 'C', 'B', 'A', 'A door in the sea']);
  });

  it('are told apart by whether they have ended', async () => {
    const storyId = await api().newStory();
    const taskId = await api().submit(regenerate(storyId));
    const ids = async (state: string) =>
      (await api().read<TaskPage>(`/api/stories/${storyId}/tasks?state=${state}`)).tasks.map(({ id }) => id);
    expect(await ids('active')).toEqual([taskId]);
    expect(await ids('recent')).toHaveLength(1);
    expect(await ids('recent')).not.toContain(taskId);
  });

  it.each(['state=old', 'limit=0', 'limit=101', 'limit=many', 'cursor=x'])('refuse ?%s', async (query) => {
    const storyId = await api().newStory();
    const response = await api().fetch(`/api/stories/${storyId}/tasks?${query}`);
    expect(response.status).toBe(422);
    expect((await errorOf(response)).issues).toHaveLength(1);
  });

  it('are not there for a story that never was', async () => {
    const response = await api().fetch(`/api/stories/${randomUUID()}/tasks`);
    expect(response.status).toBe(404);
    expect((await errorOf(response)).code).toBe('not_found');
  });

  it('stand in the overview of all stories', async () => {
    const taskId = await api().submit(regenerate(await api().newStory()));
    const { tasks, cursor } = await api().read<TaskPage>('/api/story-tasks?limit=1');
    const ended = tasks.filter(({ finishedAt }) => finishedAt !== null);
    expect(tasks.map(({ id }) => id)).toContain(taskId);
    expect(ended).toHaveLength(1);
    expect(cursor).toMatch(/^\d+$/);
  });
});
