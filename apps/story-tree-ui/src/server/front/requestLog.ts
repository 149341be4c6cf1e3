import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Target } from '../http/target.ts';
import type { Logger } from '../log.ts';

/** Logs requests for debugging. Without queries and headers, which may contain secrets. */
export function createRequestLog(log: Logger) {
  return ({ method }: IncomingMessage, response: ServerResponse, { pathname }: Target): void => {
    if (!log.isLevelEnabled('debug')) return;
    const startedAt = performance.now();
    response.once('close', () => {
      const ms = Math.round(performance.now() - startedAt);
      log.debug({ method, path: pathname, status: response.statusCode, ms }, 'Answered a request.');
    });
  };
}
