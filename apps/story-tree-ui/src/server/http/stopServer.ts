import { once } from 'node:events';
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long answers that are under way may take, in milliseconds. */
const GRACE_MS = 1_000;

/** Listens no more, lets answers under way come to their end for a moment, then cuts every connection. */
export async function stopServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const grace = new AbortController();
  await Promise.race([closed, sleep(GRACE_MS, undefined, { signal: grace.signal }).catch(() => undefined)]);
  grace.abort();
  server.closeAllConnections();
}
