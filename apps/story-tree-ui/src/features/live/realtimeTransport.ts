import type { SupabaseClient } from '@supabase/supabase-js';
import type { TaskDetail } from '../../wire/index.ts';
import { pause } from './backoff.ts';
import type { LiveRun, LiveTransport } from './liveTransport.ts';
import { type ChannelListener, stayOnChannel } from './realtimeChannel.ts';
import { createRowReader } from './realtimeMessages.ts';
import { createRealtimeProgress } from './realtimeProgress.ts';
import { createSwitchedStream, isBehind } from './switchedStream.ts';
import { ownTopics } from './topicOwners.ts';
import { ALL_STORIES } from './topics.ts';

/** How often the page asks the server how far the log has come, in milliseconds. */
const COMPARE_EVERY_MS = 30_000;

/** How long Realtime may take to hand on what the server has told already, in milliseconds. */
const GRACE_MS = 3_000;

export interface RealtimeTransportOptions {
  /** The server's own stream, which carries messages whenever Realtime does not. */
  stream: LiveTransport;
  /** The client of the person who has signed in; null when nobody has. */
  connect(): Promise<SupabaseClient | null>;
  readTask(taskId: string): Promise<TaskDetail>;
  /** How far the log has come, as the server knows. */
  readCursor(): Promise<string>;
}

/**
 * Supabase Realtime: changes of `story_tasks` and new rows of `story_task_events`. The stream runs until Realtime has been
 * joined, and again whenever it is lost or falls quiet. What a model says within a turn comes by the stream alone; the
 * finished turn comes either way.
 */
export function createRealtimeTransport(options: RealtimeTransportOptions): LiveTransport {
  return {
    run(given) {
      const stream = createSwitchedStream(options.stream, given);
      stream.on(given.after);
      options.connect().then(
        (client) => client && listen({ ...options, client, stream, ...given }),
        // It could not be loaded: the stream goes on.
        () => undefined,
      );
    },
  };
}

interface Run extends LiveRun, Pick<RealtimeTransportOptions, 'readTask' | 'readCursor'> {
  client: SupabaseClient;
  stream: ReturnType<typeof createSwitchedStream>;
}

/** Lists are on every page, since its header counts the tasks of all stories: their channel decides. */
function listen({ client, stream, readTask, readCursor, sink, signal, topics }: Run): void {
  const rows = createRowReader(sink, readTask);
  const progress = createRealtimeProgress();
  let isJoined = false;

  function settle(): void {
    if (signal.aborted) return;
    if (progress.carries()) {
      stream.off();
      sink.status('live');
    } else {
      stream.on(progress.complete());
    }
  }

  /** Realtime keeps nothing for absent clients: what was written before it was joined comes by the stream or over REST. */
  async function begin(): Promise<void> {
    const cursor = await readCursor();
    if (!isJoined) return;
    if (isBehind(stream.cursor(), cursor)) sink.message({ kind: 'resync' });
    progress.begin(cursor);
    settle();
  }

  async function compare(): Promise<void> {
    const cursor = await readCursor();
    if (progress.isBehind(cursor)) await pause(GRACE_MS, signal);
    if (!progress.hasBegun()) return;
    progress.judge(cursor);
    settle();
  }

  async function keepComparing(): Promise<void> {
    while (!signal.aborted) {
      await pause(COMPARE_EVERY_MS, signal);
      // A cursor that cannot be read says nothing about Realtime: the next one may.
      if (isJoined) await (progress.hasBegun() ? compare() : begin()).catch(() => undefined);
    }
  }

  const decisive: ChannelListener = {
    task: rows.task,
    event: (row) => progress.heard(rows.event(row)),
    joined() {
      isJoined = true;
      begin().catch(() => undefined);
    },
    lost() {
      isJoined = false;
      progress.lost();
      settle();
    },
  };
  const additional: ChannelListener = { ...rows, joined: () => undefined, lost: () => undefined };

  ownTopics(
    topics,
    (topic, left) => stayOnChannel(client, topic, topic === ALL_STORIES ? decisive : additional, left),
    signal,
  );
  void keepComparing();
}
