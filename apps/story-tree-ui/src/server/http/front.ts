import type { IncomingMessage, ServerResponse } from 'node:http';
import { toStoryTreeError } from '@story-tree/domain';
import type { Admission } from '../auth/access.ts';
import { actingFor } from '../auth/caller.ts';
import { refuse } from './refuse.ts';
import {
  knownMethods,
  refuseForeignOrigin,
  requireHost,
  requireKnownMethod,
  requireModestBody,
} from './requestRules.ts';
import { type ContentPolicies, setCommonHeaders, setContentPolicy } from './securityHeaders.ts';
import type { Handle } from './server.ts';
import { isMachineAddress, readTarget, type Target } from './target.ts';

export interface FrontOptions {
  admit: Admission;
  /** Refuse requests that come under any other name than this machine's. */
  loopbackOnly: boolean;
  policies: ContentPolicies;
  /** Told of every request whose address can be read. */
  observers: readonly ((request: IncomingMessage, response: ServerResponse, target: Target) => void)[];
  /** What stands behind: pages and routes. */
  handle: Handle;
}

/** What every request passes before a page or a route sees it. */
export function createFront({ admit, loopbackOnly, policies, observers, handle }: FrontOptions): Handle {
  return async (request, response) => {
    const url = request.url ?? '';
    let isMachine = isMachineAddress(url);
    setCommonHeaders(response);
    let target: Target | null = null;
    try {
      target = readTarget(url);
      isMachine = target.isMachine;
      for (const observe of observers) observe(request, response, target);
      setContentPolicy(request, response, target, policies);
      requireHost(request, loopbackOnly);
      requireKnownMethod(request, target);
      requireModestBody(request);
      refuseForeignOrigin(request);
      const caller = await admit(request, target);
      request.url = `${target.pathname}${target.search}`;
      await actingFor(caller, () => handle(request, response));
    } catch (thrown) {
      turnAway(request, response, thrown, { target, isMachine });
    }
  };
}

function turnAway(
  request: IncomingMessage,
  response: ServerResponse,
  thrown: unknown,
  { target, isMachine }: { target: Target | null; isMachine: boolean },
): void {
  if (response.headersSent) return void response.destroy();
  const { code } = toStoryTreeError(thrown);
  if (code === 'method_not_allowed') response.setHeader('allow', knownMethods({ isMachine }).join(', '));
  if (code === 'unauthorized') response.setHeader('www-authenticate', 'Bearer');
  if (code === 'unauthorized' && target !== null && !isMachine) toSignIn(request, response);
  else refuse(response, thrown, isMachine);
}

/** Leads a person to where one signs in, and from there back. */
function toSignIn({ url = '/' }: IncomingMessage, response: ServerResponse): void {
  response.writeHead(307, { location: `/sign-in?next=${encodeURIComponent(url)}`, 'cache-control': 'no-store' }).end();
}
