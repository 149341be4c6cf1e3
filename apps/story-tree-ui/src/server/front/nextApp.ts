import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * The part of Next that this server uses. Its own types change those of Node for the whole program, so they are not
 * imported.
 */
interface NextApp {
  prepare(): Promise<void>;
  getRequestHandler(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  close(): Promise<void>;
}

interface NextOptions {
  dev: boolean;
  /** The folder of the app. */
  dir: string;
  hostname: string;
  port: number;
  httpServer: Server;
}

/** Next as a handler behind our own server. */
export function createNextApp(options: NextOptions): NextApp {
  const next = require('next') as (options: NextOptions) => NextApp;
  return next(options);
}

/** Next's own parser of the router state that a browser sends. It throws where Next would. */
export function routerStateReader(): ReadRouterState {
  const reader = 'next/dist/server/app-render/parse-and-validate-flight-router-state.js';
  return (require(reader) as { parseAndValidateFlightRouterState: ReadRouterState }).parseAndValidateFlightRouterState;
}

/** The families of header names that Next uses internally, such as `x-middleware-…` and `next-action`. */
const INTERNAL = /^(next|x)-/;
/** Members of them that browsers send, and the one that proxies send and a route reads. */
const FROM_OUTSIDE = /^(next-(url|router-[a-z-]+|hmr-refresh)|x-forwarded-proto)$/;
/** With these a browser requests parts of a page. */
const FOR_PARTS = /^(rsc|next-.+)$/;

/** Next refuses to read some router states, and answers with a 500 then. */
export type ReadRouterState = (header: string | string[] | undefined) => unknown;

/**
 * Removes headers that only Next itself may set, and a router state that it could not read: then it sends the whole
 * page, which browsers load when they get it in place of a part.
 */
export function keepOutsideHeaders(headers: IncomingHttpHeaders, readRouterState: ReadRouterState): void {
  drop(headers, (name) => INTERNAL.test(name) && !FROM_OUTSIDE.test(name));
  try {
    readRouterState(headers['next-router-state-tree']);
  } catch {
    drop(headers, (name) => FOR_PARTS.test(name));
  }
}

function drop(headers: IncomingHttpHeaders, isUnwanted: (name: string) => boolean): void {
  for (const name of Object.keys(headers)) if (isUnwanted(name)) delete headers[name];
}
