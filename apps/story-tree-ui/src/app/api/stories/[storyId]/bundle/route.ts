import { services } from '../../../../../services/index.ts';
import { route } from '../../../apiRoute.ts';

/** What the player within the app plays. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: ({ param }) => services().bundles.embedded(param('storyId')),
});
