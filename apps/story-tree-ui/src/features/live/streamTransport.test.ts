import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStreamTransport } from './streamTransport.ts';
import { recordingSink } from './testSink.ts';
import { anEvent, aTask } from './testTasks.ts';
import { createTopics } from './topics.ts';

/** A server whose streams the test writes, ends and breaks. */
function fakeServer() {
  const addresses: string[] = [];
  const streams: ReadableStreamDefaultController<Uint8Array>[] = [];
  let refuse: (() => Response) | null = null;
  return {
    addresses,
    refuseWith(answer: (() => Response) | null) {
      refuse = answer;
    },
    fetch: (async (address: string, { signal }: RequestInit = {}) => {
      addresses.push(address);
      if (refuse) return refuse();
      if (!address.startsWith('/api/events')) return Response.json({ tasks: [], nextCursor: null, cursor: '100' });
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          streams.push(controller);
          signal?.addEventListener('abort', () => controller.error(new Error('aborted')));
        },
      });
      return new Response(body);
    }) as typeof fetch,
    latest: () => streams.at(-1) as ReadableStreamDefaultController<Uint8Array>,
  };
}

const bytes = (text: string) => new TextEncoder().encode(text);
const message = (id: string) =>
  bytes(`id: ${id}\nevent: task\ndata: ${JSON.stringify({ task: aTask(), event: anEvent({ id }) })}\n\n`);

describe('the stream transport', () => {
  let stop: AbortController;
  beforeEach(() => {
    vi.useFakeTimers();
    stop = new AbortController();
  });
  afterEach(() => {
    stop.abort();
    vi.useRealTimers();
  });

  function run(server: ReturnType<typeof fakeServer>, after: string | null) {
    const seen = recordingSink();
    const onUnauthorized = vi.fn();
    const { sink } = seen;
    const run = { sink, after, topics: createTopics(), signal: stop.signal };
    createStreamTransport({ fetch: server.fetch, onUnauthorized }).run(run);
    return { ...seen, onUnauthorized };
  }

  it('begins where it is told, and asks for a resync only where nobody knows that', async () => {
    const [told, untold] = [fakeServer(), fakeServer()];
    const first = run(told, '42');
    const second = run(untold, null);
    await vi.advanceTimersByTimeAsync(0);

    expect(told.addresses).toEqual(['/api/events?after=42']);
    expect(first.messages).toEqual([]);
    expect(untold.addresses).toEqual(['/api/story-tasks?limit=1', '/api/events?after=100']);
    expect(second.messages).toEqual([{ kind: 'resync' }]);
    expect(second.statuses.at(-1)).toBe('live');
  });

  it('resumes after the last message that it has, once the stream ends or breaks', async () => {
    const server = fakeServer();
    const { messages, statuses } = run(server, '42');
    await vi.advanceTimersByTimeAsync(0);
    server.latest().enqueue(message('43'));
    server.latest().enqueue(message('44'));
    await vi.advanceTimersByTimeAsync(0);

    server.latest().close();
    await vi.advanceTimersByTimeAsync(1_000);
    server.latest().error(new Error('connection reset'));
    await vi.advanceTimersByTimeAsync(1_000);

    expect(server.addresses).toEqual(['/api/events?after=42', '/api/events?after=44', '/api/events?after=44']);
    expect(messages).toHaveLength(2);
    expect(statuses).toEqual(['connecting', 'live', 'connecting', 'live', 'connecting', 'live']);
  });

  it('reads everything again when the server says so, and goes on from where that is', async () => {
    const server = fakeServer();
    const { messages } = run(server, '42');
    await vi.advanceTimersByTimeAsync(0);
    server.latest().enqueue(bytes('id: 7\nevent: resync\ndata: {"cursor":"7"}\n\n'));
    await vi.advanceTimersByTimeAsync(0);
    expect(messages).toEqual([{ kind: 'resync', cursor: '7' }]);
    server.latest().close();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(server.addresses.at(-1)).toBe('/api/events?after=7');
  });

  it('waits longer and longer, and says that it is offline from the second failure on', async () => {
    const server = fakeServer();
    server.refuseWith(() => new Response(null, { status: 503 }));
    const { statuses } = run(server, '42');
    await vi.advanceTimersByTimeAsync(20_000);

    expect(server.addresses.length).toBeGreaterThan(4);
    expect(server.addresses.length).toBeLessThan(8);
    expect(statuses.slice(0, 3)).toEqual(['connecting', 'connecting', 'offline']);

    server.refuseWith(null);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(statuses.at(-1)).toBe('live');
  });

  it('says at once that it is not live when it is refused, and leaves the server alone for as long as that asks', async () => {
    const server = fakeServer();
    server.refuseWith(() => new Response(null, { status: 429, headers: { 'retry-after': '30' } }));
    const { statuses } = run(server, '42');
    await vi.advanceTimersByTimeAsync(29_000);
    expect(server.addresses).toHaveLength(1);
    expect(statuses).toEqual(['connecting', 'offline']);

    server.refuseWith(null);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(server.addresses).toEqual(['/api/events?after=42', '/api/events?after=42']);
    expect(statuses.at(-1)).toBe('live');
  });

  it('takes a silent stream for dead', async () => {
    const server = fakeServer();
    const { statuses } = run(server, '42');
    await vi.advanceTimersByTimeAsync(30_000);
    server.latest().enqueue(bytes(': still here\n\n'));
    await vi.advanceTimersByTimeAsync(44_000);
    expect(server.addresses).toHaveLength(1);

    await vi.advanceTimersByTimeAsync(3_000);
    expect(server.addresses).toHaveLength(2);
    expect(statuses.at(-1)).toBe('live');
  });

  it('says so when there is no session any more', async () => {
    const server = fakeServer();
    server.refuseWith(() => new Response(null, { status: 401 }));
    const { onUnauthorized } = run(server, '42');
    await vi.advanceTimersByTimeAsync(0);

    expect(onUnauthorized).toHaveBeenCalledOnce();
  });

  it('is still once it is told to stop', async () => {
    const server = fakeServer();
    run(server, '42');
    await vi.advanceTimersByTimeAsync(0);
    stop.abort();
    await vi.advanceTimersByTimeAsync(60_000);

    expect(server.addresses).toHaveLength(1);
  });
});
