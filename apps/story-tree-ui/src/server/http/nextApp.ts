import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { ReadRouterState } from './nextHeaders.ts';

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
