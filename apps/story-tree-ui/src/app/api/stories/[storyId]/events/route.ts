import { route } from '../../../apiRoute.ts';
import { eventStream } from '../../../eventStream.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: (call) => eventStream(call, { storyId: call.param('storyId') }),
});
