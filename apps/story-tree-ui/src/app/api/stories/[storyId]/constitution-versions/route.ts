import { services } from '../../../../../services/index.ts';
import { route } from '../../../apiRoute.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async ({ param }) => ({ versions: await services().stories.constitutionVersions(param('storyId')) }),
});
