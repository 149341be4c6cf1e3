import { services } from '../../../../../services/index.ts';
import { route } from '../../../apiRoute.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  async GET({ param }) {
    const { fileName, body } = await services().bundles.download(param('storyId'));
    return new Response(body, {
      headers: {
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="${fileName}"`,
        'cache-control': 'no-store, no-transform',
      },
    });
  },
});
