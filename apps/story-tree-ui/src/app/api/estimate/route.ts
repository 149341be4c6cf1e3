import { creationOptionsSchema } from '@story-tree/domain';
import { z } from 'zod';
import { services } from '../../../services/index.ts';
import { route } from '../apiRoute.ts';
import { checked, queryObject } from '../checks.ts';

const querySchema = z.object({
  targetScenelets: z.coerce.number().pipe(creationOptionsSchema.shape.targetScenelets.unwrap()).optional(),
  until: z.string().optional(),
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async ({ query }) => services().estimating.ofNewStory(checked(querySchema, queryObject(query))),
});
