import { route } from '../apiRoute.ts';
import { eventStream } from '../eventStream.ts';

/** Everything that happens to tasks; `?story=` narrows it to one story. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: (call) => eventStream(call, call.query.has('story') ? { storyId: call.query.get('story') ?? '' } : {}),
});
