import { AsyncLocalStorage } from 'node:async_hooks';
import { NOBODY, StoryTreeError } from '@story-tree/domain';
import type { Caller } from '../../services/index.ts';

/** The one person who uses the app where nobody signs in. */
export const OWNER: Caller = { id: NOBODY, email: null, isOperator: true, expiresAt: null };

const current = new AsyncLocalStorage<Caller | null>();

/** Runs some work, and everything that follows from it, on behalf of a caller. */
export function actingFor<T>(caller: Caller | null, work: () => T): T {
  return current.run(caller, work);
}

/** Who makes the request that is being answered; null on the few addresses that are open to everybody. */
export function currentCaller(): Caller | null {
  return current.getStore() ?? null;
}

/** @throws StoryTreeError `unauthorized` */
export function requireCaller(): Caller {
  return currentCaller() ?? refuseStranger();
}

/** @throws StoryTreeError `unauthorized` */
export function refuseStranger(): never {
  throw new StoryTreeError(
    'unauthorized',
    'You are not signed in, or your session has expired: sign in, then try again.',
  );
}
