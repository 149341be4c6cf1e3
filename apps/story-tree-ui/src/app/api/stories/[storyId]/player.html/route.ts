import { services } from '../../../../../services/index.ts';
import { route } from '../../../apiRoute.ts';

/**
 * The player, for a frame within a page: first a redirect to itself with the story's data in the fragment (and the
 * scenelet to start at, `?scenelet=`), then the page.
 */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  async GET({ param, query }) {
    const { player } = services();
    const address = await player.address(param('storyId'), query.get('scenelet'));
    return query.has('embedded')
      ? new Response(player.html, { headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' } })
      : new Response(null, { status: 307, headers: { location: address, 'cache-control': 'no-store' } });
  },
});
