import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError, type ApiErrorCode } from './api.ts';
import { goToSignIn } from './signIn.ts';

const FRESH_MS = 30_000;
const TRIES = 3;
const LONGEST_WAIT_MS = 8_000;

/** Errors that pass by themselves. Everything else would only fail again. */
const PASSING: ReadonlySet<ApiErrorCode> = new Set([
  'offline',
  'database_unavailable',
  'queue_unavailable',
  'interrupted',
]);

export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveWithoutSession }),
    mutationCache: new MutationCache({ onError: leaveWithoutSession }),
    defaultOptions: {
      // The server may be this machine: whether it has a network says nothing.
      queries: { staleTime: FRESH_MS, networkMode: 'always', retry: mayPass, retryDelay: waitBefore },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

/** Whether a failed read is worth another attempt. */
export function mayPass(failures: number, error: Error): boolean {
  return failures < TRIES && error instanceof ApiError && PASSING.has(error.code);
}

function waitBefore(failures: number): number {
  return Math.min(LONGEST_WAIT_MS, 500 * 2 ** failures);
}

function leaveWithoutSession(error: Error): void {
  if (error instanceof ApiError && error.code === 'unauthorized') goToSignIn();
}
