import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** What this server uses of Next. Its own types change those of Node for the whole program, so they stay out. */
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

/** Next as the part behind a server of ours. */
export function createNextApp(options: NextOptions): NextApp {
  const next = require('next') as (options: NextOptions) => NextApp;
  return next(options);
}

/** Next's own reader of what a browser says of the page that it has. It throws where Next would. */
export function routerStateReader(): ReadRouterState {
  const reader = 'next/dist/server/app-render/parse-and-validate-flight-router-state.js';
  return (require(reader) as { parseAndValidateFlightRouterState: ReadRouterState }).parseAndValidateFlightRouterState;
}

/** The families of names in which Next tells itself what to do, such as `x-middleware-…` and `next-action`. */
const INTERNAL = /^(next|x)-/;
/** Members of them that browsers send, and the one that proxies send and a route reads. */
const FROM_OUTSIDE = /^(next-(url|router-[a-z-]+|hmr-refresh)|x-forwarded-proto)$/;
/** With these a browser asks for parts of a page. */
const FOR_PARTS = /^(rsc|next-.+)$/;

/** Next refuses to read some router states, and answers with a 500 then. */
export type ReadRouterState = (header: string | string[] | undefined) => unknown;

/**
 * Leaves out what only Next itself may say, and a router state that it could not read: then it sends the whole page,
 * which browsers load when they get it in place of a part.
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
