/** How soon a browser reconnects after a stream has ended, in milliseconds. */
const RETRY_MS = 1_000;
/** How often a comment is sent, so that nothing in between takes the stream for dead. */
const HEARTBEAT_MS = 15_000;
/** How long a message may wait for a client that is not reading, in milliseconds; then the client has to reconnect. */
const STALL_MS = 30_000;
/** The longest delay that a timer supports. */
const LONGEST_TIMER_MS = 2_147_483_647;

export interface EventStreamOptions {
  /** The messages, until the signal aborts. */
  messages(signal: AbortSignal): AsyncIterable<string>;
  /** Aborts when the client is gone. */
  signal: AbortSignal;
  /** When the client's access ends; null for never. */
  expiresAt: Date | null;
  onEnd(): void;
}

export interface EventStream {
  body: ReadableStream<Uint8Array>;
  /** Ends it cleanly. */
  end(): void;
}

type Controller = ReadableStreamDefaultController<Uint8Array>;

/**
 * The body of a stream of events. It takes no more messages than its client reads, and ends when a client stops
 * reading: waiting messages cost memory, and the client can continue from its cursor.
 */
export function createEventStream({ messages, signal, expiresAt, onEnd }: EventStreamOptions): EventStream {
  const stop = new AbortController();
  const end = () => stop.abort();
  const encoder = new TextEncoder();
  let wanted = Promise.withResolvers<void>();
  stop.signal.addEventListener('abort', () => wanted.resolve(), { once: true });

  function write(controller: Controller, text: string): boolean {
    controller.enqueue(encoder.encode(text));
    return hasRoom(controller);
  }

  async function send(controller: Controller): Promise<void> {
    for await (const message of messages(stop.signal)) {
      if (stop.signal.aborted) return;
      if (write(controller, message)) continue;
      wanted = Promise.withResolvers();
      const stall = setTimeout(end, STALL_MS);
      await wanted.promise;
      clearTimeout(stall);
    }
  }

  function start(controller: Controller): void {
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    const heartbeat = setInterval(() => hasRoom(controller) && write(controller, ': still here\n\n'), HEARTBEAT_MS);
    const expiry = expiresAt === null ? undefined : setTimeout(end, timeUntil(expiresAt));
    write(controller, `retry: ${RETRY_MS}\n\n`);
    const finish = () => {
      signal.removeEventListener('abort', end);
      clearInterval(heartbeat);
      clearTimeout(expiry);
      onEnd();
    };
    send(controller)
      .finally(finish)
      .then(
        () => controller.close(),
        (error: unknown) => controller.error(error),
      )
      // A client that has gone has already closed it.
      .catch(() => undefined);
  }

  return { body: new ReadableStream<Uint8Array>({ start, pull: () => wanted.resolve(), cancel: end }), end };
}

function hasRoom(controller: Controller): boolean {
  return (controller.desiredSize ?? 0) > 0;
}

function timeUntil(moment: Date): number {
  return Math.min(Math.max(moment.getTime() - Date.now(), 0), LONGEST_TIMER_MS);
}
