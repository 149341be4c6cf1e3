import { z } from 'zod';
import { services } from '../../../../services/index.ts';
import { PICTURE_WIDTHS } from '../../../../wire/index.ts';
import { route } from '../../apiRoute.ts';
import { checked, queryObject } from '../../checks.ts';

const querySchema = z.object({ width: z.coerce.number().pipe(z.literal(PICTURE_WIDTHS)).optional() });

/** Pictures and sounds of stories, pictures also made smaller; `/generated/…` leads here. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  async GET({ request, params, query }) {
    const { files } = services();
    const { width } = checked(querySchema, queryObject(query));
    const { body, status, headers } =
      width === undefined
        ? await files.answer(params('path'), request.headers)
        : await files.thumbnail(params('path'), width, request.headers);
    return new Response(body, { status, headers });
  },
});
