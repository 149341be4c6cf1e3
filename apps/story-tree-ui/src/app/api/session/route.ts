import { z } from 'zod';
import { services } from '../../../services/index.ts';
import { json, route } from '../apiRoute.ts';
import { checked } from '../checks.ts';

/** Longer than any token of Supabase. */
const TOKEN_LENGTH = 16_384;

/** A whole Supabase session is accepted; only its access token is used. */
const sessionSchema = z.object({ accessToken: z.string().min(1).max(TOKEN_LENGTH) });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async () => services().sessions.current(),

  async POST({ request, json: body }) {
    const { accessToken } = checked(sessionSchema, body());
    const { session, cookie } = await services().sessions.begin(accessToken, request.headers);
    return json(session, { headers: { 'set-cookie': cookie } });
  },

  async DELETE({ request }) {
    const cookie = services().sessions.end(request.headers);
    return new Response(null, { status: 204, headers: { 'set-cookie': cookie } });
  },
});
