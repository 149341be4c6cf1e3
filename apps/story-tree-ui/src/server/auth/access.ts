import type { IncomingMessage } from 'node:http';
import { StoryTreeError } from '@story-tree/domain';
import { isMutation } from '../http/requestRules.ts';
import type { Target } from '../http/target.ts';
import { type Caller, OWNER, refuseStranger } from './caller.ts';
import { sessionToken } from './cookies.ts';
import type { TokenVerifier } from './tokens.ts';

const BEARER = /^bearer +(\S+)$/i;

/** What a browser needs before anyone has signed in. */
const OPEN = /^\/(sign-in|api\/health|api\/session|_next\/static\/.+|favicon\.ico|(icon|apple-icon)[\w.-]*)$/;
/** Next's own aids for developers as well. */
const OPEN_TO_DEVELOPERS = /^\/(_next|__nextjs)/;

export interface AccessOptions {
  /** Null where nobody signs in. */
  verify: TokenVerifier | null;
  dev: boolean;
}

/**
 * Says who makes a request.
 * @returns null for a stranger at an address that is open to all
 * @throws StoryTreeError `unauthorized`, `forbidden`
 */
export type Admission = (request: IncomingMessage, target: Target) => Promise<Caller | null>;

/** Everything needs a sign-in and every change an operator, but for {@link OPEN}. Without sign-in, all is the owner's. */
export function createAdmission({ verify, dev }: AccessOptions): Admission {
  if (verify === null) return async () => OWNER;
  const isOpen = (pathname: string) => OPEN.test(pathname) || (dev && OPEN_TO_DEVELOPERS.test(pathname));

  return async (request, target) => {
    if (isOpen(target.pathname)) return await callerOf(request, verify).catch(() => null);
    const caller = await callerOf(request, verify);
    if (caller === null) return refuseStranger();
    if (isMutation(request.method ?? '') && !caller.isOperator) throw operatorsOnly();
    return caller;
  };
}

async function callerOf({ headers }: IncomingMessage, verify: TokenVerifier): Promise<Caller | null> {
  const { authorization, cookie } = headers;
  const token = authorization === undefined ? sessionToken(cookie) : BEARER.exec(authorization)?.[1];
  if (token !== undefined) return await verify(token);
  return authorization === undefined ? null : refuseStranger();
}

function operatorsOnly(): StoryTreeError {
  return new StoryTreeError(
    'forbidden',
    'Only operators may change stories: ask whoever runs this Story Tree to make you one.',
  );
}
