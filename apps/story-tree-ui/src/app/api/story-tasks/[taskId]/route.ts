import { z } from 'zod';
import { services } from '../../../../services/index.ts';
import { LOG_PAGE } from '../../../../wire/index.ts';
import { route } from '../../apiRoute.ts';
import { checked, queryObject } from '../../checks.ts';

const querySchema = z.object({
  before: z
    .string()
    .regex(/^\d{1,18}$/, 'Give the id of an event, as the log has it.')
    .optional(),
  limit: z.coerce.number().int().min(1).max(LOG_PAGE).default(LOG_PAGE),
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: ({ param, query }) => services().tasks.detail(param('taskId'), checked(querySchema, queryObject(query))),
});
