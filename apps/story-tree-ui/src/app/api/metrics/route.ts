import { services } from '../../../services/index.ts';
import { route } from '../apiRoute.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  async GET() {
    const { metrics } = services();
    return new Response(await metrics.text(), { headers: { 'content-type': metrics.contentType } });
  },
});
