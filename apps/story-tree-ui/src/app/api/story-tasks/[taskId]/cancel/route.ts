import { services } from '../../../../../services/index.ts';
import { json, route } from '../../../apiRoute.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: async ({ param }) => json({ task: await services().tasks.cancel(param('taskId')) }, { status: 202 }),
});
