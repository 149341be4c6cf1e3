import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { answerMalformed } from './malformed.ts';

/** A connection on which nothing moves for so long is cut: clients that no longer read among them. */
const IDLE_MS = 60_000;
/** How long a request may take to arrive. */
const REQUEST_MS = 30_000;

export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** @param dev Next speaks to its pages over a web socket then; otherwise nobody has anything to upgrade to */
export function createHttpServer(dev: boolean, handle: Handle): Server {
  const server = createServer(
    { requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS, shouldUpgradeCallback: () => dev },
    (request, response) => void handle(request, response),
  );
  server.timeout = IDLE_MS;
  answerMalformed(server);
  return server;
}
