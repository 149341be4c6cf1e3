import type { FeedFilter } from '@story-tree/domain';
import { services } from '../../services/index.ts';
import type { ApiCall } from './apiRoute.ts';

const HEADERS = {
  'content-type': 'text/event-stream',
  // Compression would hold messages back.
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
  // A browser would reuse the connection, and the server could not close it.
  connection: 'close',
};

/**
 * A live stream, for all addresses that have one. The stream of a task ends with the task; requested again, it answers
 * 204, which tells an EventSource not to reconnect.
 */
export async function eventStream({ request, query }: ApiCall, filter: FeedFilter): Promise<Response> {
  const { streams, sessions } = services();
  const body = await streams.open({
    filter,
    lastEventId: request.headers.get('last-event-id'),
    after: query.get('after'),
    signal: request.signal,
    expiresAt: sessions.caller()?.expiresAt ?? null,
  });
  return body === null ? new Response(null, { status: 204 }) : new Response(body, { headers: HEADERS });
}
