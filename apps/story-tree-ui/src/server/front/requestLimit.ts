import { currentCaller } from '../auth/caller.ts';
import type { Handle } from '../http/server.ts';
import { createPlaces } from '../limits.ts';

/**
 * How many responses one caller may have in progress besides streams. A browser makes six requests at a time, or a
 * hundred behind an HTTP/2 proxy; each may hold the whole of a large story in memory until it has been read.
 */
const ANSWERS_PER_CALLER = 100;

/** In seconds. */
const RETRY_AFTER_S = 1;

/**
 * Refuses a caller's requests while too many of their earlier ones are in progress.
 * @param streams how many streams a caller may have, which last
 * @throws StoryTreeError `too_many_requests`
 */
export function limitRequests(handle: Handle, streams: number): Handle {
  const places = createPlaces({
    perCaller: streams + ANSWERS_PER_CALLER,
    retryAfterS: RETRY_AFTER_S,
    sentence: 'Too many of your requests are under way: read their responses, then try again.',
  });
  return async (request, response) => {
    // Callers who are not signed in, who get little more than the sign-in page, are distinguished by their address.
    const leave = places.take(currentCaller()?.id ?? request.socket.remoteAddress ?? '');
    response.once('close', leave);
    await handle(request, response);
  };
}
