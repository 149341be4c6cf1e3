import type { AppServices } from './appServices.ts';

export type * from './appServices.ts';

const KEY = Symbol.for('story-tree.services');

/** Shared with the bundled code through the global object: the bundle has module instances of its own. */
const shared = globalThis as { [KEY]?: AppServices };

/** Called once, by the server, before it hands out requests. */
export function provideServices(services: AppServices): void {
  shared[KEY] = services;
}

/** What routes and server components ask; server.ts has composed it. */
export function services(): AppServices {
  const found = shared[KEY];
  if (found === undefined) throw new Error('There are no services: the app runs under server.ts, not by itself.');
  return found;
}
