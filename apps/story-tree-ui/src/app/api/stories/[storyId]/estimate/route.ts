import { z } from 'zod';
import { services } from '../../../../../services/index.ts';
import { route } from '../../../apiRoute.ts';
import { checked, queryObject } from '../../../checks.ts';

const querySchema = z.object({
  task: z.string().default('ALL'),
  override: z.stringbool().optional(),
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async ({ param, query }) =>
    services().estimating.ofStory(param('storyId'), checked(querySchema, queryObject(query))),
});
