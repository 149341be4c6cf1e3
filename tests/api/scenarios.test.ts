import { errorOf, useApi } from '@story-tree/testkit/http/api.ts';
import { openStream } from '@story-tree/testkit/http/events.ts';
import { SMALL_STORIES } from '@story-tree/testkit/stories/smallStories.ts';
import { type RedisServer, startRedis } from '@story-tree/testkit/worker/redisServer.ts';
import { BACKENDS } from '@story-tree/testkit/worker/workshop.ts';
import { afterAll, describe, expect, it } from 'vitest';
import type { StoryDetail, TaskDetail, TaskPage } from '../../apps/story-tree-ui/src/wire/index.ts';

interface Shown {
  task: { status: string; progress: number };
  event: { step: string; eventType: string; message: string; payload: Record<string, unknown> | null };
}

describe.each(BACKENDS)('with a worker, jobs on %s', (backend) => {
  let redis: RedisServer | undefined;
  // What is registered first is done last: the parts need their queue to end in good order.
  afterAll(() => redis?.close());
  const api = useApi(async () => {
    redis = backend === 'redis' ? await startRedis() : undefined;
    const variables = { ...SMALL_STORIES, STUB_LATENCY_MS: '50', TASK_WORKER_LOCK_MS: '2000' };
    return { worker: true, variables: { ...variables, ...(redis === undefined ? {} : { REDIS_URL: redis.url }) } };
  });

  const story = (storyId: string) => api().read<StoryDetail>(`/api/stories/${storyId}`);

  it('is ready once all its parts are', async () => {
    await expect.poll(async () => (await api().fetch('/api/health?ready')).status).toBe(200);
    expect((await api().fetch('/api/health/work')).status).toBe(200);
    expect(await api().read('/api/health')).toMatchObject({ status: 'ok', workers: 1, queue: true });
  });

  it('makes a story as far as it was asked to, in one task', async () => {
    const payload = { prompt: 'A door in the sea', includeInteractiveScript: true, language: 'English' };
    const taskId = await api().submit({ operation: 'CREATE_STORY', payload });
    const { storyId } = await api().read<TaskDetail>(`/api/story-tasks/${taskId}`);
    // The story is there at once, whatever is still to be made of it.
    expect((await story(storyId ?? '')).activeTaskId).toBe(taskId);
    expect(await api().ended(taskId)).toMatchObject({ status: 'succeeded', progress: 100 });
    const made = await story(storyId ?? '');
    expect(made.scenelets).toHaveLength(3);
    expect(made.activeTaskId).toBeNull();
    expect(made.story.creationOptions).toEqual({ language: 'English' });
  });

  it('tells of every step as it happens, and never goes back', async () => {
    const storyId = await api().newStory();
    const stream = await openStream(`${api().app.url}/api/stories/${storyId}/events`);
    const taskId = await api().submit({ operation: 'RUN_WORKFLOW_TASK', storyId, payload: { task: 'ALL' } });
    const task = await api().ended(taskId);
    expect(task, JSON.stringify(task.error)).toMatchObject({ status: 'succeeded', progress: 100 });
    const last = task.events[0]?.id;
    while (stream.messages.at(-1)?.id !== last) await stream.reach(stream.messages.length + 1);
    stream.close();

    const shown = stream.messages.map(({ data }) => data as unknown as Shown);
    const progress = shown.map((message) => message.task.progress);
    expect(progress).toEqual(progress.toSorted((one, other) => one - other));
    expect(progress.at(-1)).toBe(100);
    const steps = shown.map(({ event }) => event.step);
    expect(steps[0]).toBe('queued');
    expect(steps).toEqual(expect.arrayContaining(['call-started', 'unit-done', 'task-done']));
    const ids = stream.messages.map(({ id }) => BigInt(id ?? 0));
    expect(ids).toEqual(ids.toSorted((one, other) => (one < other ? -1 : 1)));
    expect(new Set(ids).size).toBe(ids.length);
    const newest = task.events.map(({ id }) => BigInt(id));
    expect(newest).toEqual(ids.slice(-newest.length).reverse());
    expect((await story(storyId)).playable).toBe(true);
  });

  it('says why a task failed, and keeps the progress that it had', async () => {
    const storyId = await api().newStory();
    const payload = { task: 'CREATE_AUDIO_DESIGN' };
    const taskId = await api().submit({ operation: 'RUN_WORKFLOW_TASK', storyId, payload });
    const task = await api().ended(taskId);
    expect(task).toMatchObject({ status: 'failed', error: { code: 'prerequisite_missing' } });
    expect(task.progress).toBeLessThan(100);
    expect(task.events[0]).toMatchObject({ eventType: 'error', payload: { code: 'prerequisite_missing' } });
    // Nothing holds the story any more.
    await api().submit({ operation: 'REGENERATE_CONSTITUTION', storyId, payload: {} });
  });

  it('talks about the constitution, word by word, and keeps what comes of it', async () => {
    const taskId = await api().submit({ operation: 'CREATE_STORY', payload: { prompt: 'A door', autoGenerate: true } });
    const { storyId } = await api().ended(taskId);
    const stream = await openStream(`${api().app.url}/api/stories/${storyId}/events`);
    const turns = ['Let the door sing.', 'And let it be blue.'];
    const chat = await api().submit({ operation: 'CONSTITUTION_CHAT_UPDATE', storyId, payload: { turns } });
    const task = await api().ended(chat);
    expect(task.status, JSON.stringify(task.error)).toBe('succeeded');
    expect(task.events[0]?.payload).toMatchObject({ constitutionVersion: 2 });
    expect((await story(storyId ?? '')).constitutionVersion).toBe(2);

    const { messages } = await api().read<{ messages: { message: string; payload: { role: string; turn: number } }[] }>(
      `/api/stories/${storyId}/chat`,
    );
    expect(messages.map(({ payload }) => [payload.role, payload.turn])).toEqual([
      ['user', 1],
      ['model', 1],
      ['user', 2],
      ['model', 2],
    ]);
    expect(messages.filter(({ payload }) => payload.role === 'user').map(({ message }) => message)).toEqual(turns);
    const drafts = stream.messages.filter(({ event }) => event === 'draft');
    stream.close();
    expect(drafts.length).toBeGreaterThan(0);
    for (const { id, data } of drafts) expect([id, data.taskId, data.storyId]).toEqual([null, chat, storyId]);
  });

  it('stops a task at work', async () => {
    const storyId = await api().newStory();
    const taskId = await api().submit({ operation: 'RUN_WORKFLOW_TASK', storyId, payload: { task: 'ALL' } });
    await api().awaitTask(taskId, ({ status, progress }) => status === 'running' && progress > 0);
    expect((await api().post(`/api/story-tasks/${taskId}/cancel`, {})).status).toBe(202);
    const task = await api().ended(taskId);
    expect(task.status).toBe('cancelled');
    expect(task.progress).toBeLessThan(100);
    const again = await api().post(`/api/story-tasks/${taskId}/cancel`, {});
    expect((await errorOf(again)).code).toBe('task_ended');
  });

  it('deletes a story, and remembers what was done with it', async () => {
    const taskId = await api().submit({ operation: 'CREATE_STORY', payload: { prompt: 'A door', runAll: true } });
    const { storyId } = await api().ended(taskId);
    const { shots } = await story(storyId ?? '');
    const picture = `/${shots[0]?.keyFrameImagePath}`;
    expect((await api().fetch(picture)).status).toBe(200);

    const deletion = await api().submit({ operation: 'DELETE_STORY', storyId, payload: {} });
    expect(await api().ended(deletion)).toMatchObject({ status: 'succeeded', storyId });
    expect((await api().fetch(picture)).status).toBe(404);
    for (const part of ['', '/bundle', '/costs', '/chat']) {
      expect((await api().fetch(`/api/stories/${storyId}${part}`)).status).toBe(404);
    }
    const { stories } = await api().read<{ stories: { id: string }[] }>('/api/stories');
    expect(stories.map(({ id }) => id)).not.toContain(storyId);
    const { tasks } = await api().read<TaskPage>(`/api/stories/${storyId}/tasks`);
    expect(tasks.map(({ id }) => id)).toEqual([deletion, taskId]);
    expect((await api().read<TaskDetail>(`/api/story-tasks/${taskId}`)).events.length).toBeGreaterThan(0);
    const history = await openStream(`${api().app.url}/api/stories/${storyId}/events?after=0`);
    await history.reach(5);
    history.close();
    const more = await api().post('/api/story-tasks', { operation: 'BUILD_PLAYER_BUNDLE', storyId, payload: {} });
    expect(more.status).toBe(404);
  });
});
