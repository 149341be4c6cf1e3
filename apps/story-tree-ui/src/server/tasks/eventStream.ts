/** How soon a browser comes back after a stream has ended, in milliseconds. */
const RETRY_MS = 1_000;
/** How often a line is sent that means nothing, so that nobody in between takes the stream for dead. */
const HEARTBEAT_MS = 15_000;
/** How long a message may wait for a client that reads nothing, in milliseconds; then the client has to come back. */
const STALL_MS = 30_000;
/** What a timer takes at most. */
const LONGEST_TIMER_MS = 2_147_483_647;

export interface EventStreamOptions {
  /** The messages, until the signal aborts. */
  messages(signal: AbortSignal): AsyncIterable<string>;
  /** Aborts when the client is gone. */
  signal: AbortSignal;
  /** When the client may see no more; null for never. */
  expiresAt: Date | null;
  onEnd(): void;
}

export interface EventStream {
  body: ReadableStream<Uint8Array>;
  /** Ends it in good order. */
  end(): void;
}

type Controller = ReadableStreamDefaultController<Uint8Array>;

/**
 * The body of a stream of events. It takes no more messages than its client reads, and ends when a client reads none: what
 * waits for it costs memory, and it can go on from its cursor.
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
      // A client that has gone has closed it already.
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
