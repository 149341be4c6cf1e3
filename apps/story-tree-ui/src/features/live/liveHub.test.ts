import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { queryKeys } from '../client/queryKeys.ts';
import { createLiveHub } from './liveHub.ts';
import type { LiveMessage } from './liveTransport.ts';
import { anEvent, aTask } from './testTasks.ts';

const message = (id: string, change: Parameters<typeof aTask>[0] = {}): LiveMessage => ({
  kind: 'task',
  cursor: id,
  task: aTask({ status: 'running', ...change }),
  event: anEvent({ id }),
});

describe('the live hub', () => {
  let queryClient: QueryClient;
  let invalidated: unknown[];
  beforeEach(() => {
    vi.useFakeTimers();
    queryClient = new QueryClient();
    invalidated = [];
    vi.spyOn(queryClient, 'invalidateQueries').mockImplementation(async (filters) => {
      invalidated.push(filters?.queryKey ?? 'everything');
    });
  });
  afterEach(() => vi.useRealTimers());

  it('hands out each event once, also one that a page has read over REST before', () => {
    const hub = createLiveHub(queryClient);
    const listener = vi.fn();
    hub.onMessage(listener);
    hub.store.addEvents('task-1', [anEvent({ id: '7' })]);

    for (const id of ['7', '8', '7', '8']) hub.sink.message(message(id));

    expect(listener.mock.calls.map(([{ event }]) => event.id)).toEqual(['7', '8']);
    expect(hub.store.get('task-1').events.map(({ id }) => id)).toEqual(['7', '8']);
  });

  it('reads a story again after a burst of events, once', async () => {
    const hub = createLiveHub(queryClient);
    for (let id = 1; id <= 20; id += 1) hub.sink.message(message(String(id)));
    expect(invalidated).toEqual([]);

    await vi.advanceTimersByTimeAsync(600);
    expect(invalidated).toEqual([queryKeys.story('story-1'), queryKeys.stories]);
  });

  it('reads it now and then while events do not end, and at once when the task is over', async () => {
    const hub = createLiveHub(queryClient);
    for (let id = 1; id <= 30; id += 1) {
      hub.sink.message(message(String(id)));
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(invalidated.length).toBe(4);

    hub.sink.message(message('31', { status: 'succeeded', progress: 100 }));
    expect(invalidated.length).toBe(6);
  });

  it('reads everything that tasks change when something may have been missed', () => {
    createLiveHub(queryClient).sink.message({ kind: 'resync' });

    expect(invalidated).toEqual([queryKeys.tasks, queryKeys.stories, queryKeys.everyStory]);
  });

  it('forgets what it knows of a database that was replaced, in which ids mean something else', () => {
    const hub = createLiveHub(queryClient);
    const listener = vi.fn();
    hub.onMessage(listener);
    hub.sink.message(message('8', { status: 'succeeded' }));
    hub.sink.message({ kind: 'resync', cursor: '7' });
    expect(hub.store.all()).toEqual([]);
    hub.sink.message(message('8'));
    expect(listener).toHaveBeenCalledTimes(2);
    expect(hub.store.get('task-1').task?.status).toBe('running');
  });

  it('reads everything again when it was offline, not when an attempt failed', () => {
    const { sink } = createLiveHub(queryClient);
    for (const status of ['live', 'connecting', 'live'] as const) sink.status(status);
    expect(invalidated).toEqual([]);

    for (const status of ['connecting', 'offline', 'live'] as const) sink.status(status);
    expect(invalidated).toEqual(['everything']);
  });
});
