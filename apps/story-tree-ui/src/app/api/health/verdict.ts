import { json, route } from '../apiRoute.ts';

/**
 * The route for a question that a load balancer or a monitor asks: 200 for yes, 503 for no. Strangers may ask, so the
 * answer names no part.
 */
export function verdictRoute(ask: () => Promise<boolean>) {
  return route({
    async GET() {
      const isSo = await ask();
      return json({ status: isSo ? 'ok' : 'degraded' }, { status: isSo ? 200 : 503 });
    },
  });
}
