import { services } from '../../../../services/index.ts';
import { route } from '../../apiRoute.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: ({ param }) => services().tasks.detail(param('taskId')),
});
