import { z } from 'zod';
import { services } from '../../../../../services/index.ts';
import { route } from '../../../apiRoute.ts';
import { checked, queryObject } from '../../../checks.ts';

const pageSchema = z.object({
  state: z.enum(['active', 'recent', 'all']).default('all'),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.uuid().optional(),
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: ({ param, query }) => services().tasks.ofStory(param('storyId'), checked(pageSchema, queryObject(query))),
});
