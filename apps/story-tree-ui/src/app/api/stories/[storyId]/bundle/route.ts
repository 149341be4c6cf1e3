import { services } from '../../../../../services/index.ts';
import { route } from '../../../apiRoute.ts';

/** The bundle for the player within the app. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: ({ param }) => services().bundles.embedded(param('storyId')),
});
