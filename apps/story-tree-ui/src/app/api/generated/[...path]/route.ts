import { services } from '../../../../services.ts';
import { route } from '../../apiRoute.ts';

/** Pictures and sounds of stories; `/generated/…` leads here. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  async GET({ request, params }) {
    const { body, status, headers } = await services().files.answer(params('path'), request.headers);
    return new Response(body, { status, headers });
  },
});
