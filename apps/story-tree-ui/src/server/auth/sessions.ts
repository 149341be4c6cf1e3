import type { Environment } from '@story-tree/agent-backend/runtime';
import { StoryTreeError } from '@story-tree/domain';
import type { SessionOnWire } from '../../wire/index.ts';
import { type Caller, currentCaller, OWNER, requireCaller } from './caller.ts';
import { clearedCookie, sessionCookie } from './cookies.ts';
import type { TokenVerifier } from './tokens.ts';

/** Where the sign-in page takes people's names and passwords. */
export interface SupabaseProject {
  url: string;
  publishableKey: string;
}

/** Signing in and out. The browser renews the token at Supabase and begins a session anew with each one. */
export interface Sessions {
  /** Whether people have to sign in. */
  isRequired: boolean;
  /** Null unless the environment names a project. */
  project: SupabaseProject | null;
  /** Who makes the request that is being answered; null for a stranger. */
  caller(): Caller | null;
  /** The same for pages. @throws StoryTreeError `unauthorized` for a stranger */
  current(): SessionOnWire;
  /**
   * @returns who it is, and the header that sets the cookie
   * @throws StoryTreeError `unauthorized` for a token that does not hold, `not_configured` where nobody signs in
   */
  begin(accessToken: string, isSecure: boolean): Promise<{ session: SessionOnWire; cookie: string }>;
  /** @returns the header that clears the cookie */
  end(isSecure: boolean): string;
}

export function createSessions(environment: Environment, verify: TokenVerifier | null): Sessions {
  return {
    isRequired: verify !== null,
    project: projectOf(environment),
    caller: currentCaller,
    current: () => describe(requireCaller()),
    async begin(accessToken, isSecure) {
      if (verify === null) throw nobodySignsIn();
      const caller = await verify(accessToken);
      const cookie = sessionCookie(accessToken, caller.expiresAt ?? new Date(0), isSecure);
      return { session: describe(caller), cookie };
    },
    end: clearedCookie,
  };
}

function describe(caller: Caller): SessionOnWire {
  const { id, email, isOperator: operator, expiresAt } = caller;
  if (caller === OWNER) return { authentication: false, user: null, operator, expiresAt: null };
  return { authentication: true, user: { id, email }, operator, expiresAt: expiresAt?.toISOString() ?? null };
}

function projectOf({ SUPABASE_URL: url, SUPABASE_PUBLISHABLE_KEY: publishableKey }: Environment) {
  return url === undefined || publishableKey === undefined ? null : { url, publishableKey };
}

function nobodySignsIn(): StoryTreeError {
  return new StoryTreeError(
    'not_configured',
    'Nobody signs in here: set SUPABASE_JWT_SECRET or SUPABASE_JWKS_URL to have people do so.',
  );
}
