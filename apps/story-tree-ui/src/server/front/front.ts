import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorReply } from '../../services/index.ts';
import type { Admission } from '../auth/access.ts';
import { actingFor } from '../auth/caller.ts';
import { findAddress, NOWHERE } from '../http/addresses.ts';
import { refuse } from '../http/errorReply.ts';
import type { OwnOrigin } from '../http/ownOrigin.ts';
import {
  refuseForeignOrigin,
  refuseProxies,
  requireHost,
  requireKnownMethod,
  requireModestBody,
} from '../http/requestRules.ts';
import type { Handle } from '../http/server.ts';
import { type Target, tryToReadTarget } from '../http/target.ts';
import { keepOutsideHeaders, type ReadRouterState } from './nextApp.ts';
import { type ContentPolicies, setCommonHeaders, setContentPolicy } from './securityHeaders.ts';

export interface FrontOptions {
  admit: Admission;
  ownOrigin: OwnOrigin;
  /** Refuse requests for any other host than this machine. */
  loopbackOnly: boolean;
  policies: ContentPolicies;
  readRouterState: ReadRouterState;
  /** Notified of every request. */
  observers: readonly ((request: IncomingMessage, response: ServerResponse, target: Target) => void)[];
  explain(thrown: unknown): ErrorReply;
  /** What handles accepted requests: pages and routes. */
  handle: Handle;
}

/** What every request passes before a page or a route handles it. */
export function createFront(options: FrontOptions): Handle {
  const { admit, ownOrigin, loopbackOnly, policies, readRouterState, observers, handle } = options;
  return async (request, response) => {
    const url = request.url ?? '';
    const { target, refusal } = tryToReadTarget(url);
    setCommonHeaders(response);
    for (const observe of observers) observe(request, response, target);
    try {
      if (refusal !== null) throw refusal;
      setContentPolicy(request, response, target, policies);
      requireHost(request, loopbackOnly);
      if (loopbackOnly) refuseProxies(request);
      requireKnownMethod(request, target);
      requireModestBody(request);
      refuseForeignOrigin(request, ownOrigin);
      const address = findAddress(target.pathname, policies.dev);
      const caller = await admit(request, address);
      request.url = address === null ? NOWHERE : `${target.pathname}${target.search}`;
      keepOutsideHeaders(request.headers, readRouterState);
      await actingFor(caller, () => handle(request, response));
    } catch (thrown) {
      const reply = options.explain(thrown);
      if (response.headersSent) response.destroy();
      else if (!target.isMachine && reply.body.error.code === 'unauthorized') toSignIn(request, response);
      else refuse(response, reply, target.isMachine);
    }
  };
}

/** Redirects a person to the sign-in page, and from there back. */
function toSignIn({ url = '/' }: IncomingMessage, response: ServerResponse): void {
  response.writeHead(307, { location: `/sign-in?next=${encodeURIComponent(url)}`, 'cache-control': 'no-store' }).end();
}
