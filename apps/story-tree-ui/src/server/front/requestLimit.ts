import { currentCaller } from '../auth/caller.ts';
import type { Handle } from '../http/server.ts';
import { createPlaces } from '../limits.ts';

/**
 * Answers that one caller may have under way besides streams. A browser asks six things at a time, or a hundred behind a
 * proxy that speaks HTTP/2; each may keep the whole of a large story in memory until it has been read.
 */
const ANSWERS_PER_CALLER = 100;

/** In seconds. */
const RETRY_AFTER_S = 1;

/**
 * Refuses what one caller asks for while too much of what they asked for before is under way.
 * @param streams how many streams a caller may have, which last
 * @throws StoryTreeError `too_many_requests`
 */
export function limitRequests(handle: Handle, streams: number): Handle {
  const places = createPlaces({
    perCaller: streams + ANSWERS_PER_CALLER,
    retryAfterS: RETRY_AFTER_S,
    sentence: 'Too many of your requests are under way: read their answers, then try again.',
  });
  return async (request, response) => {
    // Strangers, who get little more than the sign-in page, are told apart by their address.
    const leave = places.take(currentCaller()?.id ?? request.socket.remoteAddress ?? '');
    response.once('close', leave);
    await handle(request, response);
  };
}
