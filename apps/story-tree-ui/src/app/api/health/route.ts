import { services } from '../../../services/index.ts';
import { json, route } from '../apiRoute.ts';

/** Every part; with `?ready`, 503 says that one is missing. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  async GET({ query }) {
    const health = await services().health.overview();
    return json(health, { status: query.has('ready') && health.status !== 'ok' ? 503 : 200 });
  },
});
