import type { IncomingMessage } from 'node:http';
import { StoryTreeError } from '@story-tree/domain';
import type { Caller } from '../../services/index.ts';
import type { Address } from '../http/addresses.ts';
import { isMutation } from '../http/requestRules.ts';
import { OWNER, refuseStranger } from './caller.ts';
import { sessionToken } from './cookies.ts';
import type { TokenVerifier } from './tokens.ts';

const BEARER = /^bearer +(\S+)$/i;

/**
 * Says who makes a request. A null address means that nothing exists at it.
 * @returns null for a stranger at an address that is open to all
 * @throws StoryTreeError `unauthorized`, `forbidden`
 */
export type Admission = (request: IncomingMessage, address: Address | null) => Promise<Caller | null>;

/**
 * Everything except open addresses needs a sign-in, and every change an operator. Without sign-in, everyone is the
 * owner.
 * @param verify null where nobody signs in
 */
export function createAdmission(verify: TokenVerifier | null): Admission {
  if (verify === null) return async () => OWNER;

  return async (request, address) => {
    if (address === null || address.isOpen) return await callerOf(request, verify).catch(() => null);
    const caller = await callerOf(request, verify);
    if (caller === null) return refuseStranger();
    if (isMutation(request.method ?? '') && !caller.isOperator) throw operatorsOnly(caller);
    return caller;
  };
}

async function callerOf({ headers }: IncomingMessage, verify: TokenVerifier): Promise<Caller | null> {
  const { authorization, cookie } = headers;
  const token = authorization === undefined ? sessionToken(cookie) : BEARER.exec(authorization)?.[1];
  if (token !== undefined) return await verify(token);
  return authorization === undefined ? null : refuseStranger();
}

function operatorsOnly({ id }: Caller): StoryTreeError {
  return new StoryTreeError(
    'forbidden',
    `Only operators may change stories: ask whoever runs this Story Tree to add your id, ${id}, to STORY_TREE_OPERATORS.`,
  );
}
