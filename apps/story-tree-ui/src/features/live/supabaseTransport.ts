import type { SupabaseClient } from '@supabase/supabase-js';
import type { TaskDetail, TaskSummary } from '../../wire/index.ts';
import { backoff, pause } from './backoff.ts';
import type { LiveSink, LiveTransport } from './liveTransport.ts';
import { summaryOf } from './mergeTasks.ts';
import { eventFromRow, type Row, taskFromRow } from './supabaseRows.ts';

const CHANNEL = 'story_tasks';

export interface SupabaseTransportOptions {
  client: SupabaseClient;
  /** Reads a task that Realtime tells of for the first time in the middle of its life. */
  readTask(taskId: string): Promise<TaskDetail>;
}

/**
 * Supabase Realtime: changes of `story_tasks` and new rows of `story_task_events`. Realtime keeps nothing for absent
 * clients, so each subscription, also one after a break, begins with a resync over REST. What a model says within a
 * turn does not come this way; the finished turn does.
 */
export function createSupabaseTransport({ client, readTask }: SupabaseTransportOptions): LiveTransport {
  return {
    run({ sink, signal }) {
      void staySubscribed(client, createRowSink(sink, readTask), sink, signal);
    },
  };
}

interface RowSink {
  task(row: Row): void;
  event(row: Row): void;
}

/**
 * Turns rows into messages. Rows of one task come in the order in which they were written, the task before its event.
 */
function createRowSink(sink: LiveSink, readTask: SupabaseTransportOptions['readTask']): RowSink {
  const tasks = new Map<string, TaskSummary>();

  async function find(taskId: string): Promise<TaskSummary> {
    const known = tasks.get(taskId);
    if (known) return known;
    const task = summaryOf(await readTask(taskId));
    // Its row may have arrived meanwhile, and is newer.
    if (!tasks.has(taskId)) tasks.set(taskId, task);
    return tasks.get(taskId) ?? task;
  }

  return {
    task(row) {
      const task = taskFromRow(row);
      tasks.set(task.id, task);
      sink.message({ kind: 'task', cursor: null, task, event: null });
    },
    event(row) {
      const event = eventFromRow(row);
      const known = tasks.get(event.taskId);
      if (known) return sink.message({ kind: 'task', cursor: event.id, task: known, event });
      find(event.taskId).then(
        (task) => sink.message({ kind: 'task', cursor: event.id, task, event }),
        () => sink.message({ kind: 'resync' }),
      );
    },
  };
}

async function staySubscribed(
  client: SupabaseClient,
  rows: RowSink,
  sink: LiveSink,
  signal: AbortSignal,
): Promise<void> {
  let failures = 0;
  sink.status('connecting');
  while (!signal.aborted) {
    // A channel that is joined before the client has fetched the person's token stays anonymous and receives no rows.
    await client.realtime.setAuth();
    await subscription(client, rows, signal, {
      joined() {
        failures = 0;
        sink.message({ kind: 'resync' });
        sink.status('live');
      },
      lost() {
        failures += 1;
        sink.status(failures === 1 ? 'connecting' : 'offline');
      },
    });
    await pause(backoff(failures), signal);
  }
}

/**
 * One channel, for as long as it lasts. The client rejoins it by itself after network faults; it ends when it is closed
 * for good, for example when its token has expired.
 */
function subscription(
  client: SupabaseClient,
  rows: RowSink,
  signal: AbortSignal,
  on: { joined(): void; lost(): void },
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const channel = client
    .channel(CHANNEL, { config: { postgres_changes_options: { wait: true } } })
    .on('postgres_changes', { event: '*', schema: 'public', table: 'story_tasks' }, (change) => {
      if (change.eventType !== 'DELETE') rows.task(change.new);
    })
    .on('postgres_changes', { event: 'INSERT', schema: 'public', table: 'story_task_events' }, (change) =>
      rows.event(change.new),
    )
    .subscribe((status) => {
      if (signal.aborted) return;
      if (status === 'SUBSCRIBED') on.joined();
      else on.lost();
      if (status === 'CLOSED') resolve();
    });
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise.then(async () => {
    await client.removeChannel(channel);
  });
}
