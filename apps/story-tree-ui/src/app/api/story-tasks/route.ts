import { StoryTreeError } from '@story-tree/domain';
import { z } from 'zod';
import { services } from '../../../services/index.ts';
import { json, route } from '../apiRoute.ts';
import { checked, queryObject } from '../checks.ts';

const requestSchema = z.strictObject({
  operation: z.string(),
  storyId: z.string().optional(),
  payload: z.unknown().optional(),
});

const overviewSchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.uuid().optional(),
});

/** Characters that a header can carry safely. */
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: ({ query }) => services().tasks.overview(checked(overviewSchema, queryObject(query))),

  async POST(call) {
    const idempotencyKey = idempotencyKeyOf(call.request.headers);
    const { operation, storyId, payload = {} } = checked(requestSchema, call.json());
    const { task } = await services().tasks.submit({ operation, storyId, payload, idempotencyKey });
    return json({ taskId: task.id }, { status: 202 });
  },
});

function idempotencyKeyOf(headers: Headers): string | undefined {
  const key = headers.get('idempotency-key') ?? undefined;
  if (key === undefined || IDEMPOTENCY_KEY.test(key)) return key;
  throw new StoryTreeError('bad_request', 'The Idempotency-Key must be 1 to 200 printable ASCII characters.');
}
