import type { SupabaseClient } from '@supabase/supabase-js';
import { backoff, pause } from './backoff.ts';
import type { Row } from './realtimeRows.ts';
import type { Topic } from './topics.ts';

const NAME = 'story_tasks';

/** What a channel says. */
export interface ChannelListener {
  joined(): void;
  lost(): void;
  task(row: Row): void;
  event(row: Row): void;
}

/**
 * Stays subscribed to the task tables until the signal aborts: to the rows of one story by a channel of its own, or to
 * all by the one without a filter. Returns once it has left the channel.
 */
export async function stayOnChannel(
  client: SupabaseClient,
  topic: Topic,
  listener: ChannelListener,
  signal: AbortSignal,
): Promise<void> {
  let failures = 0;
  const counting: ChannelListener = {
    ...listener,
    joined() {
      failures = 0;
      listener.joined();
    },
    lost() {
      failures += 1;
      listener.lost();
    },
  };
  while (!signal.aborted) {
    await authorize(client);
    if (!signal.aborted) await subscription(client, topic, counting, signal);
    if (!signal.aborted) await pause(backoff(failures), signal);
  }
}

const authorizing = new WeakMap<SupabaseClient, Promise<void>>();

/**
 * Fetches the person's token. A channel that is joined before stays anonymous and receives no rows; and of two fetches
 * at once, the client forgets the first.
 */
function authorize(client: SupabaseClient): Promise<void> {
  const known = authorizing.get(client);
  if (known) return known;
  const fetching = client.realtime.setAuth().finally(() => authorizing.delete(client));
  authorizing.set(client, fetching);
  return fetching;
}

/**
 * One channel, for as long as it lasts. The client rejoins it by itself after network faults; it ends when it is closed
 * for good, for example when its token has expired.
 */
async function subscription(
  client: SupabaseClient,
  topic: Topic,
  listener: ChannelListener,
  signal: AbortSignal,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const rows = { schema: 'public', ...(topic === null ? {} : { filter: `story_id=eq.${topic}` }) };
  const channel = client
    .channel(topic === null ? NAME : `${NAME}:${topic}`, { config: { postgres_changes_options: { wait: true } } })
    .on('postgres_changes', { event: '*', table: 'story_tasks', ...rows }, (change) => {
      if (!signal.aborted && change.eventType !== 'DELETE') listener.task(change.new);
    })
    .on('postgres_changes', { event: 'INSERT', table: 'story_task_events', ...rows }, (change) => {
      if (!signal.aborted) listener.event(change.new);
    })
    .subscribe((status) => {
      if (signal.aborted) return;
      if (status === 'SUBSCRIBED') listener.joined();
      else listener.lost();
      if (status === 'CLOSED') resolve();
    });
  signal.addEventListener('abort', () => resolve(), { once: true });
  await promise;
  await client.removeChannel(channel);
}
