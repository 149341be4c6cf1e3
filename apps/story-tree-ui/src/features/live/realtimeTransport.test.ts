import type { SupabaseClient } from '@supabase/supabase-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveRun, LiveTransport } from './liveTransport.ts';
import { createRealtimeTransport } from './realtimeTransport.ts';
import { recordingSink } from './testSink.ts';
import { aTask } from './testTasks.ts';
import { createTopics } from './topics.ts';

type Status = 'SUBSCRIBED' | 'CHANNEL_ERROR' | 'CLOSED';
type Handler = (change: { eventType: string; new: Record<string, unknown> }) => void;

interface FakeChannel {
  name: string;
  filters: unknown[];
  say(status: Status): void;
  /** Hands on a new line of the log. */
  event(id: number): void;
}

/** A client whose channels the test speaks through. */
function fakeClient() {
  const channels: FakeChannel[] = [];
  const client = {
    realtime: { setAuth: async () => undefined },
    channel(name: string) {
      const handlers: Handler[] = [];
      const channel = {
        name,
        filters: [] as unknown[],
        on(_kind: string, { filter }: { filter?: string }, handler: Handler) {
          channel.filters.push(filter);
          handlers.push(handler);
          return channel;
        },
        subscribe(told: (status: Status) => void) {
          channels.push({
            name,
            filters: channel.filters,
            say: told,
            event: (id) =>
              handlers[1]?.({
                eventType: 'INSERT',
                new: { id, task_id: 'task-1', created_at: '2026-11-20T10:00:00Z' },
              }),
          });
          return channel;
        },
      };
      return channel;
    },
    removeChannel: async () => 'ok',
  } as unknown as SupabaseClient;
  return {
    client,
    channels,
    named: (name: string) => channels.find((channel) => channel.name === name) as FakeChannel,
  };
}

describe('Realtime, with the stream to fall back on', () => {
  let stop: AbortController;
  beforeEach(() => {
    vi.useFakeTimers();
    stop = new AbortController();
  });
  afterEach(() => {
    stop.abort();
    vi.useRealTimers();
  });

  async function start({ after = '10' as string | null, isSignedIn = true } = {}) {
    const { client, named, channels } = fakeClient();
    const seen = recordingSink();
    const streams: LiveRun[] = [];
    const stream: LiveTransport = { run: (run) => void streams.push(run) };
    const server = { cursor: '10' };
    const topics = createTopics();
    topics.want(null);
    const transport = createRealtimeTransport({
      stream,
      connect: async () => (isSignedIn ? client : null),
      readTask: async () =>
        ({ ...aTask(), payload: {}, events: [], spent: { calls: 0, costUsd: 0 }, cursor: '1' }) as never,
      readCursor: async () => server.cursor,
    });
    transport.run({ sink: seen.sink, after, topics, signal: stop.signal });
    await vi.advanceTimersByTimeAsync(0);
    /** Where each stream has begun, and `off` for those that were switched off. */
    const streamsNow = () => streams.map(({ after: from, signal }) => (signal.aborted ? 'off' : from));
    return { ...seen, streams, streamsNow, server, topics, channels, all: named('story_tasks'), named };
  }
  const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1_000);

  it('runs the stream until the channel has been joined, and misses nothing in between', async () => {
    const { all, streamsNow, statuses, messages } = await start();
    expect(streamsNow()).toEqual(['10']);

    all.say('SUBSCRIBED');
    await pass(0);
    expect(streamsNow()).toEqual(['off']);
    expect(statuses.at(-1)).toBe('live');
    expect(messages).toEqual([]);
  });

  it('asks for a resync where the stream has not come as far as the log when the channel is joined', async () => {
    const { all, server, streamsNow, messages } = await start();
    server.cursor = '12';
    all.say('SUBSCRIBED');
    await pass(0);

    expect(messages).toEqual([{ kind: 'resync' }]);
    expect(streamsNow()).toEqual(['off']);
  });

  it('lets nothing through from a stream that was switched off', async () => {
    const { all, streams, statuses } = await start();
    all.say('SUBSCRIBED');
    await pass(0);
    streams[0]?.sink.status('offline');

    expect(statuses.at(-1)).toBe('live');
  });

  it('goes back to the stream while the channel is lost', async () => {
    const { all, streamsNow } = await start();
    all.say('SUBSCRIBED');
    await pass(0);
    all.say('CHANNEL_ERROR');
    expect(streamsNow()).toEqual(['off', '10']);

    all.say('SUBSCRIBED');
    await pass(0);
    expect(streamsNow()).toEqual(['off', 'off']);
  });

  it('goes back to the stream, from where nothing was missing yet, when the channel is behind the log', async () => {
    const { all, server, streamsNow } = await start();
    all.say('SUBSCRIBED');
    await pass(0);
    all.event(11);
    server.cursor = '11';
    await pass(30);
    expect(streamsNow()).toEqual(['off']);

    server.cursor = '14';
    await pass(34);
    expect(streamsNow()).toEqual(['off', '11']);
  });

  it('gives a channel a moment to hand on what the server has told already', async () => {
    const { all, server, streamsNow } = await start();
    all.say('SUBSCRIBED');
    await pass(0);
    server.cursor = '11';
    await pass(31);
    all.event(11);
    await pass(20);

    expect(streamsNow()).toEqual(['off']);
  });

  it('believes a quiet channel again once it has said something and keeps up', async () => {
    const { all, server, streamsNow } = await start();
    server.cursor = '12';
    all.say('SUBSCRIBED');
    await pass(0);
    server.cursor = '13';
    await pass(34);
    expect(streamsNow()).toEqual(['off', '12']);

    // That it is joined again is no proof.
    all.say('SUBSCRIBED');
    await pass(70);
    expect(streamsNow()).toEqual(['off', '12']);

    all.event(14);
    server.cursor = '15';
    await pass(34);
    expect(streamsNow()).toEqual(['off', '12']);

    all.event(15);
    await pass(34);
    expect(streamsNow()).toEqual(['off', 'off']);
  });

  it('is the stream alone where nobody has signed in at Supabase', async () => {
    const { channels, streamsNow } = await start({ isSignedIn: false });
    await pass(60);

    expect(channels).toEqual([]);
    expect(streamsNow()).toEqual(['10']);
  });

  it('listens to a story by a channel of its own, filtered by the story, and to all by one without a filter', async () => {
    const { topics, named, all } = await start();
    topics.want('李小龙');
    await pass(0);

    expect(all.filters).toEqual([undefined, undefined]);
    expect(named('story_tasks:李小龙').filters).toEqual(['story_id=eq.李小龙', 'story_id=eq.李小龙']);
  });

  it('does not fall back because of a story’s channel: the one for all stories carries its news too', async () => {
    const { topics, named, all, streamsNow } = await start();
    topics.want('story-1');
    all.say('SUBSCRIBED');
    await pass(0);
    named('story_tasks:story-1').say('CHANNEL_ERROR');

    expect(streamsNow()).toEqual(['off']);
  });
});
