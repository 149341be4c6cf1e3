import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';

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
  const next = createRequire(import.meta.url)('next') as (options: NextOptions) => NextApp;
  return next(options);
}
