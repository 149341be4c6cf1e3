import { randomUUID } from 'node:crypto';
import { errorOf, useSharedApi } from '@story-tree/testkit/http/api.ts';
import { openStream, type StreamMessage } from '@story-tree/testkit/http/events.ts';
import { describe, expect, it } from 'vitest';
import type { TaskDetail, TaskPage } from '../../apps/story-tree-ui/src/wire/index.ts';

const api = useSharedApi();

const address = (path: string) => `${api().app.url}${path}`;
const rename = (storyId: string, displayName: string) =>
  api().submit({ operation: 'RENAME_STORY', storyId, payload: { displayName } });
const steps = (messages: readonly StreamMessage[]) => messages.map(({ data }) => (data.event as { step: string }).step);
const ids = (messages: readonly StreamMessage[]) => messages.map(({ id }) => id);

describe('a stream', () => {
  it('says how it wants to be treated', async () => {
    const stream = await openStream(address('/api/events'));
    const { headers } = stream.response;
    expect(headers.get('cache-control')).toBe('no-cache, no-transform');
    expect(headers.get('connection')).toBe('close');
    expect(headers.get('x-accel-buffering')).toBe('no');
    const storyId = await api().newStory();
    await stream.reach(2);
    expect(stream.remarks).toEqual(['retry: 1000']);
    expect(stream.messages[0]).toEqual({
      id: expect.stringMatching(/^\d+$/),
      event: 'task',
      data: {
        task: expect.objectContaining({ storyId, operation: 'CREATE_STORY', status: 'succeeded' }),
        event: expect.objectContaining({ storyId, step: 'queued', eventType: 'info' }),
      },
    });
    expect(stream.messages[0]?.data.task).not.toHaveProperty('payload');
    stream.close();
  });

  it('of everything begins at now, and tells of all stories', async () => {
    await api().newStory();
    const stream = await openStream(address('/api/events'));
    const stories = [await api().newStory(), await api().newStory()];
    const messages = await stream.reach(4);
    expect(new Set(messages.map(({ data }) => (data.task as { storyId: string }).storyId))).toEqual(new Set(stories));
    stream.close();
  });

  it.each(['/api/stories/ID/events', '/api/events?story=ID'])('of one story (%s) tells of no other', async (path) => {
    const storyId = await api().newStory();
    const stream = await openStream(address(path.replace('ID', storyId)));
    await rename(await api().newStory(), 'Another');
    await rename(storyId, 'Mine');
    const messages = await stream.reach(2);
    expect(messages.map(({ data }) => (data.event as { storyId: string }).storyId)).toEqual([storyId, storyId]);
    stream.close();
  });

  it('continues after a cursor of REST, with nothing lost or repeated', async () => {
    const storyId = await api().newStory();
    const { cursor } = await api().read<TaskPage>(`/api/stories/${storyId}/tasks`);
    await rename(storyId, 'Before the stream');
    const stream = await openStream(address(`/api/stories/${storyId}/events?after=${cursor}`));
    await rename(storyId, 'During the stream');
    const messages = await stream.reach(4);
    expect(steps(messages)).toEqual(['queued', 'succeeded', 'queued', 'succeeded']);
    expect(ids(messages).every((id) => BigInt(id ?? 0) > BigInt(cursor))).toBe(true);
    stream.close();
  });

  it('continues after the Last-Event-ID of a browser, whatever the address says', async () => {
    const storyId = await api().newStory();
    const { cursor } = await api().read<TaskPage>('/api/story-tasks');
    const path = `/api/stories/${storyId}/events?after=${cursor}`;
    for (const displayName of ['A', 'B', 'C']) await rename(storyId, displayName);
    const whole = await openStream(address(path));
    const all = ids(await whole.reach(6));
    whole.close();
    for (const seen of [1, 2, 5]) {
      const again = await openStream(address(path), { 'last-event-id': String(all[seen - 1]) });
      expect(ids(await again.reach(all.length - seen))).toEqual(all.slice(seen));
      again.close();
    }
    const upToDate = await openStream(address(path), { 'last-event-id': String(all.at(-1)) });
    await rename(storyId, 'D');
    expect(steps(await upToDate.reach(2))).toEqual(['queued', 'succeeded']);
    upToDate.close();
  });

  it.each(['x', '-1', '1.5', '9'.repeat(19), '0x10', '１'])('refuses the cursor %s', async (cursor) => {
    for (const path of ['/api/events', `/api/stories/${await api().newStory()}/events`]) {
      const response = await api().fetch(`${path}?after=${encodeURIComponent(cursor)}`);
      expect(response.status).toBe(400);
      expect((await errorOf(response)).code).toBe('bad_request');
    }
  });

  it.each(['9'.repeat(18), 'x', '0x10'])(
    'of a browser that was somewhere else, %s, says so and goes on',
    async (seen) => {
      const storyId = await api().newStory();
      const { cursor } = await api().read<TaskPage>('/api/story-tasks');
      const stream = await openStream(address(`/api/stories/${storyId}/events`), { 'last-event-id': seen });
      expect(await stream.reach(1)).toEqual([{ id: cursor, event: 'resync', data: { cursor } }]);
      await rename(storyId, 'After that');
      expect(steps((await stream.reach(3)).slice(1))).toEqual(['queued', 'succeeded']);
      stream.close();
    },
  );

  it('is not there for tasks and stories that never were', async () => {
    for (const path of [`/api/story-tasks/${randomUUID()}/events`, `/api/stories/${randomUUID()}/events`]) {
      const response = await api().fetch(path);
      expect(response.status).toBe(404);
      expect((await errorOf(response)).code).toBe('not_found');
    }
  });
});

describe("a task's stream", () => {
  const regenerate = async () =>
    api().submit({ operation: 'REGENERATE_CONSTITUTION', storyId: await api().newStory(), payload: {} });

  it('begins at its first event and ends with its last', async () => {
    const taskId = await regenerate();
    const stream = await openStream(address(`/api/story-tasks/${taskId}/events`));
    await stream.reach(1);
    await api().post(`/api/story-tasks/${taskId}/cancel`, {});
    await stream.ended;
    expect(steps(stream.messages)).toEqual(['queued', 'cancelled']);
    const { events } = await api().read<TaskDetail>(`/api/story-tasks/${taskId}`);
    expect(ids(stream.messages)).toEqual(events.map(({ id }) => id).reverse());
  });

  it('says all of a task that has ended, and has nothing for who knows it', async () => {
    const taskId = await regenerate();
    await api().post(`/api/story-tasks/${taskId}/cancel`, {});
    const path = `/api/story-tasks/${taskId}/events`;
    const stream = await openStream(address(path));
    await stream.ended;
    expect(steps(stream.messages)).toEqual(['queued', 'cancelled']);
    const half = await openStream(address(path), { 'last-event-id': String(stream.messages[0]?.id) });
    await half.ended;
    expect(steps(half.messages)).toEqual(['cancelled']);
    const none = await api().fetch(path, { headers: { 'last-event-id': String(stream.messages[1]?.id) } });
    expect(none.status).toBe(204);
    const lost = await openStream(address(path), { 'last-event-id': '9'.repeat(18) });
    await lost.ended;
    expect(lost.messages).toMatchObject([{ event: 'resync' }]);
  });
});

it('lets go of a stream when its client is gone, and knows how many there are', async () => {
  const open = async () =>
    Number(/^story_tree_open_streams (\d+)$/m.exec(await (await api().fetch('/metrics')).text())?.[1]);
  while ((await open()) > 0);
  const streams = await Promise.all(Array.from({ length: 5 }, () => openStream(address('/api/events'))));
  expect(await open()).toBe(5);
  for (const stream of streams) stream.close();
  while ((await open()) > 0);
});

it('opens no stream for HEAD', async () => {
  const response = await api().fetch('/api/events', { method: 'HEAD' });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const metrics = async () => (await api().fetch('/metrics')).text();
  while (!(await metrics()).includes('story_tree_open_streams 0'));
});
