import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

export interface ListenerOptions {
  pool: pg.Pool;
  channels: readonly string[];
  onNotification(channel: string, payload: string): void;
  /** Also after each reconnection: what was notified in between is lost. */
  onConnected(): void;
  log: (message: string) => void;
}

/** One connection that listens until it is closed. */
export interface Listener {
  close(): Promise<void>;
}

/**
 * Takes a connection out of the pool and listens on it; when it breaks, on another one. It comes from
 * the pool because that knows how to start an embedded server again, and on which port it then listens.
 */
export function startListener(options: ListenerOptions): Listener {
  const closing = new AbortController();
  const ended = listenUntil(closing.signal, options);
  return {
    async close() {
      closing.abort();
      await ended;
    },
  };
}

async function listenUntil(closing: AbortSignal, options: ListenerOptions): Promise<void> {
  let pause = FIRST_PAUSE_MS;
  let isTold = false;
  const onConnected = () => {
    pause = FIRST_PAUSE_MS;
    isTold = false;
    options.onConnected();
  };
  while (!closing.aborted && !options.pool.ending) {
    const reason = await listenOnce(closing, { ...options, onConnected });
    if (closing.aborted) return;
    // Once per outage, however many attempts fail.
    if (!isTold) options.log(`Listening for news of tasks was interrupted: ${reason}`);
    isTold = true;
    await sleep(pause, undefined, { signal: closing }).catch(() => undefined);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}

/** Listens on one connection until that breaks or nobody wants it any more. @returns why it ended, for the log. */
async function listenOnce(closing: AbortSignal, options: ListenerOptions): Promise<string> {
  let client: pg.PoolClient | undefined;
  try {
    client = await options.pool.connect();
    // Also rejects when the connection breaks.
    const ended = once(client, 'end', { signal: closing });
    ended.catch(() => undefined);
    client.on('notification', ({ channel, payload = '' }) => options.onNotification(channel, payload));
    await client.query(options.channels.map((channel) => `listen ${channel}`).join('; '));
    options.onConnected();
    await ended;
    return 'the connection ended';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    // It listens, so nobody else may get it.
    client?.release(true);
  }
}
