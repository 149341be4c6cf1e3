import type { ChatDraft } from '@story-tree/domain';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import type { TaskMessage, TaskPage } from '../../wire/index.ts';
import { backoff, pause } from './backoff.ts';
import type { LiveSink, LiveTransport } from './liveTransport.ts';

/** The server says something, if only that it is there, several times within this. */
const SILENCE_MS = 45_000;

/** A first lost connection is no news: the next try mostly holds. */
const FAILURES_UNTIL_OFFLINE = 2;

export interface StreamTransportOptions {
  fetch?: typeof fetch;
  onUnauthorized?(): void;
}

/** The server's own stream of events, resumed after every break from the last cursor. */
export function createStreamTransport(options: StreamTransportOptions = {}): LiveTransport {
  return {
    run({ sink, after, signal }) {
      const { fetch = globalThis.fetch.bind(globalThis), onUnauthorized = () => undefined } = options;
      void keepOpen({ fetch, onUnauthorized, sink, after, signal });
    },
  };
}

interface Connection extends Required<StreamTransportOptions> {
  sink: LiveSink;
  after: string | null;
  signal: AbortSignal;
}

async function keepOpen(connection: Connection): Promise<void> {
  const { sink, signal } = connection;
  let cursor = connection.after;
  let failures = 0;
  sink.status('connecting');
  while (!signal.aborted) {
    let refusedForMs = 0;
    try {
      cursor ??= await beginHere(connection);
      await readStream(connection, cursor, {
        opened: () => {
          failures = 0;
          sink.status('live');
        },
        moved: (next) => {
          cursor = next;
        },
      });
    } catch (error) {
      // Whatever it was, the way on is the same: try again.
      if (error instanceof Refusal) refusedForMs = error.forMs;
    }
    if (signal.aborted) return;
    failures += 1;
    sink.status(refusedForMs === 0 && failures < FAILURES_UNTIL_OFFLINE ? 'connecting' : 'offline');
    await pause(Math.max(refusedForMs, backoff(failures)), signal);
  }
}

/** Where the stream is to begin when nobody knows: now; and whatever was read before may be older than that. */
async function beginHere({ fetch: request, sink, signal }: Connection): Promise<string> {
  const response = await request('/api/story-tasks?limit=1', { signal });
  if (!response.ok) throw failureOf(response);
  const { cursor } = (await response.json()) as TaskPage;
  sink.message({ kind: 'resync' });
  return cursor;
}

/** Reads until the stream ends, breaks or falls silent. */
async function readStream(
  { fetch: request, sink, signal, onUnauthorized }: Connection,
  after: string,
  on: { opened(): void; moved(cursor: string): void },
): Promise<void> {
  const stop = new AbortController();
  const watchdog = createWatchdog(() => stop.abort());
  try {
    const response = await request(`/api/events?after=${encodeURIComponent(after)}`, {
      headers: { accept: 'text/event-stream' },
      cache: 'no-store',
      signal: AbortSignal.any([signal, stop.signal]),
    });
    if (response.status === 401) onUnauthorized();
    if (!response.ok || response.body === null) throw failureOf(response);
    on.opened();
    const parser = createParser({
      onEvent(message) {
        deliver(message, sink);
        if (message.id !== undefined) on.moved(message.id);
      },
    });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      watchdog.feed();
      sink.pulse();
      parser.feed(piece.value);
    }
  } finally {
    watchdog.stop();
  }
}

/** The server is there and well, but wants to be left alone for a while: this person has too many streams. */
class Refusal extends Error {
  forMs: number;

  constructor(retryAfter: string) {
    super('refused');
    this.forMs = (Number.parseInt(retryAfter, 10) || 0) * 1_000;
  }
}

function failureOf({ status, headers }: Response): Error {
  const retryAfter = headers.get('retry-after');
  return retryAfter === null ? new Error(`status ${status}`) : new Refusal(retryAfter);
}

function deliver({ id, event, data }: EventSourceMessage, sink: LiveSink): void {
  if (event === 'task') sink.message({ kind: 'task', cursor: id ?? null, ...(JSON.parse(data) as TaskMessage) });
  if (event === 'resync') sink.message({ kind: 'resync', ...(id === undefined ? {} : { cursor: id }) });
  if (event === 'draft') sink.message({ kind: 'draft', draft: JSON.parse(data) as ChatDraft });
}

function createWatchdog(bark: () => void) {
  let timer = setTimeout(bark, SILENCE_MS);
  return {
    feed() {
      clearTimeout(timer);
      timer = setTimeout(bark, SILENCE_MS);
    },
    stop: () => clearTimeout(timer),
  };
}
