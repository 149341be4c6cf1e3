import { StoryTreeError } from '@story-tree/domain';
import type { Environment } from '@story-tree/runtime';
import type { Caller, Sessions } from '../../services/index.ts';
import type { SessionOnWire } from '../../wire/index.ts';
import type { OwnOrigin } from '../http/ownOrigin.ts';
import { currentCaller, OWNER, requireCaller } from './caller.ts';
import { clearedCookie, sessionCookie } from './cookies.ts';
import type { TokenVerifier } from './tokens.ts';

export function createSessions(environment: Environment, verify: TokenVerifier | null, own: OwnOrigin): Sessions {
  const isSecure = (headers: Headers) =>
    own.isSecure({
      origin: headers.get('origin') ?? undefined,
      'x-forwarded-proto': headers.get('x-forwarded-proto') ?? undefined,
    });
  return {
    isRequired: verify !== null,
    project: projectOf(environment),
    caller: currentCaller,
    current: () => describe(requireCaller()),
    async begin(accessToken, headers) {
      if (verify === null) throw nobodySignsIn();
      const caller = await verify(accessToken);
      const cookie = sessionCookie(accessToken, caller.expiresAt ?? new Date(0), isSecure(headers));
      return { session: describe(caller), cookie };
    },
    end: (headers) => clearedCookie(isSecure(headers)),
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
    'Sign-in is not set up: set SUPABASE_JWT_SECRET or SUPABASE_JWKS_URL to have people sign in.',
  );
}
