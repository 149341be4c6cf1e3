import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type RealtimeServer, serveRealtime } from '@story-tree/testkit/supabase/realtimeServer.ts';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveMessage, LiveStatus } from '../../apps/story-tree-ui/src/features/live/liveTransport.ts';
import { createRealtimeTransport } from '../../apps/story-tree-ui/src/features/live/realtimeTransport.ts';
import { anEvent, aTask } from '../../apps/story-tree-ui/src/features/live/testTasks.ts';
import { createTopics } from '../../apps/story-tree-ui/src/features/live/topics.ts';
import type { TaskDetail } from '../../apps/story-tree-ui/src/wire/index.ts';

const TASK_ROW = {
  id: 'task-1',
  story_id: 'story-1',
  operation: 'RUN_WORKFLOW_TASK',
  status: 'running',
  progress: 30,
  display_fields: { title: 'Make everything' },
  requested_by: '00000000-0000-0000-0000-000000000000',
  error: null,
  cancel_requested_at: null,
  created_at: '2026-11-20T10:00:00.123456+00:00',
  started_at: '2026-11-20T10:00:01+00:00',
  finished_at: null,
};
const EVENT_ROW = {
  id: 41,
  task_id: 'task-1',
  story_id: 'story-1',
  event_type: 'progress',
  step: 'unit-done',
  message: 'Key frame of scenelet-2, shot 1: stored.',
  payload: null,
  created_at: '2026-11-20T10:00:05+00:00',
};

describe('Realtime, against a server that speaks the protocol of Realtime', () => {
  let http: Server;
  let realtime: RealtimeServer;
  let client: SupabaseClient;
  let stop: AbortController;
  let messages: LiveMessage[];
  let statuses: LiveStatus[];
  let topics: ReturnType<typeof createTopics>;
  const readTask = vi.fn<(taskId: string) => Promise<TaskDetail>>();

  beforeEach(async () => {
    http = createServer((_request, response) => response.writeHead(404).end());
    realtime = serveRealtime(http);
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    const { port } = http.address() as AddressInfo;
    client = createClient(`http://127.0.0.1:${port}`, 'publishable', {
      accessToken: async () => 'token-of-a-person',
      realtime: { heartbeatIntervalMs: 50, reconnectAfterMs: () => 20 },
    });
    stop = new AbortController();
    messages = [];
    statuses = [];
    readTask.mockReset();
    topics = createTopics();
    topics.want(null);
    let cursor = 0;
    // As in a server whose log goes on, and whose stream does not.
    const readCursor = async () => {
      cursor += 1;
      return String(cursor);
    };
    const stream = { run: () => undefined };
    createRealtimeTransport({ stream, connect: async () => client, readTask, readCursor }).run({
      sink: {
        message: (message) => void messages.push(message),
        status: (status) => void statuses.push(status),
        pulse: () => undefined,
      },
      after: null,
      topics,
      signal: stop.signal,
    });
    await vi.waitFor(() => expect(statuses.at(-1)).toBe('live'));
  });

  afterEach(async () => {
    stop.abort();
    await client.removeAllChannels();
    http.closeAllConnections();
    http.close();
  });

  const kinds = () =>
    messages.map((message) => (message.kind === 'task' ? (message.event?.id ?? 'row') : message.kind));

  it('joins with the person’s token, begins with a resync and keeps its heart beating', async () => {
    expect(kinds()).toEqual(['resync']);
    await vi.waitFor(() => expect(realtime.heartbeats()).toBeGreaterThan(1));
    expect(new Set(realtime.tokens)).toEqual(new Set(['token-of-a-person']));
  });

  it('turns rows into what the server’s own stream would have said', async () => {
    realtime.change('story_tasks', 'UPDATE', TASK_ROW);
    realtime.change('story_task_events', 'INSERT', EVENT_ROW);
    await vi.waitFor(() => expect(kinds()).toEqual(['resync', 'row', '41']));

    expect(messages[2]).toEqual({
      kind: 'task',
      cursor: '41',
      task: aTask({
        status: 'running',
        progress: 30,
        createdAt: '2026-11-20T10:00:00.123Z',
        startedAt: '2026-11-20T10:00:01.000Z',
      }),
      event: anEvent({ id: '41' }),
    });
  });

  it('reads a task that it meets in the middle of its life', async () => {
    const { error: _, ...task } = aTask({ status: 'running', progress: 29 });
    const log = { events: [], nextBefore: null };
    readTask.mockResolvedValue({ ...task, payload: {}, ...log, spent: { calls: 0, costUsd: 0 }, cursor: '40' });
    realtime.change('story_task_events', 'INSERT', EVENT_ROW);
    await vi.waitFor(() => expect(kinds()).toEqual(['resync', '41']));

    expect(readTask).toHaveBeenCalledExactlyOnceWith('task-1');
    expect(messages[1]).toMatchObject({ task: { progress: 29, error: null } });
  });

  it('asks for a resync when such a task cannot be read', async () => {
    readTask.mockRejectedValue(new Error('no answer'));
    realtime.change('story_task_events', 'INSERT', EVENT_ROW);

    await vi.waitFor(() => expect(kinds()).toEqual(['resync', 'resync']));
  });

  it('comes back after a lost connection, with a resync for what it missed', async () => {
    realtime.refuse(true);
    realtime.drop();
    await vi.waitFor(() => expect(realtime.channels()).toEqual([]));
    realtime.change('story_tasks', 'UPDATE', TASK_ROW);
    realtime.refuse(false);
    await vi.waitFor(() => expect(kinds()).toHaveLength(2), { timeout: 10_000 });

    expect(kinds()).toEqual(['resync', 'resync']);
    realtime.change('story_tasks', 'UPDATE', { ...TASK_ROW, progress: 60 });
    await vi.waitFor(() => expect(messages.at(-1)).toMatchObject({ kind: 'task', task: { progress: 60 } }));
  });

  it('subscribes again when its channel was closed for good', async () => {
    const before = realtime.joins();
    realtime.closeChannels();
    await vi.waitFor(() => expect(realtime.joins()).toBeGreaterThan(before), { timeout: 10_000 });
    await vi.waitFor(() => expect(kinds()).toHaveLength(2));

    realtime.change('story_tasks', 'UPDATE', TASK_ROW);
    await vi.waitFor(() => expect(kinds()).toEqual(['resync', 'resync', 'row']));
  });

  it('hears of one story by a channel of its own, for as long as the page shows it', async () => {
    const leave = topics.want('story-1');
    await vi.waitFor(() =>
      expect(realtime.channels().sort()).toEqual(['realtime:story_tasks', 'realtime:story_tasks:story-1']),
    );
    realtime.change('story_tasks', 'UPDATE', { ...TASK_ROW, id: 'task-2', story_id: 'story-2' });
    realtime.change('story_tasks', 'UPDATE', TASK_ROW);
    // One row of another story over one channel, one of this story over both.
    await vi.waitFor(() => expect(kinds()).toEqual(['resync', 'row', 'row', 'row']));

    leave();
    await vi.waitFor(() => expect(realtime.channels()).toEqual(['realtime:story_tasks']));
    topics.want('story-1');
    await vi.waitFor(() => expect(realtime.channels()).toHaveLength(2));
  });

  it('leaves when it is told to stop', async () => {
    const said = statuses.length;
    stop.abort();
    await vi.waitFor(() => expect(client.getChannels()).toEqual([]));
    realtime.change('story_tasks', 'UPDATE', TASK_ROW);

    expect(statuses).toHaveLength(said);
    expect(kinds()).toEqual(['resync']);
  });
});
