import { StoryTreeError } from '@story-tree/domain';
import type { ListedOperators, SignInSettings } from '@story-tree/runtime';
import { decodeProtectedHeader, errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Caller } from '../../services/index.ts';
import { refuseStranger } from './caller.ts';
import { publicKeysAt } from './publicKeys.ts';

const SECRET_ALGORITHM = 'HS256';
const KEY_ALGORITHMS = ['ES256', 'ES384', 'RS256', 'RS384', 'RS512', 'PS256', 'EdDSA'];
const OPERATOR_ROLE = 'operator';
const CLOCK_TOLERANCE_S = 5;

/** What failing to fetch or read the public keys looks like, as opposed to an invalid token. */
const KEYS_UNREACHABLE = [errors.JWKSTimeout, errors.JWKSInvalid];

/**
 * What counts in a token. What people can write themselves, `user_metadata`, does not; and an anonymous sign-in is not
 * a sign-in.
 */
const claimsSchema = z.object({
  sub: z.uuid(),
  exp: z.number(),
  role: z.literal('authenticated'),
  is_anonymous: z.literal(false).nullish(),
  email: z.string().optional(),
  email_verified: z.unknown().optional(),
  app_metadata: z.object({ role: z.unknown(), email_verified: z.unknown() }).partial().optional(),
});

type Claims = z.infer<typeof claimsSchema>;

/** Says whom a Supabase token identifies. */
export type TokenVerifier = (token: string) => Promise<Caller>;

/** How tokens are checked. */
export function createTokenVerifier({ secret, keysUrl, audience, issuer, operators }: SignInSettings): TokenVerifier {
  const bySecret = secret === null ? null : withSecret(secret);
  const byKeys = keysUrl === null ? null : withKeys(keysUrl);
  const demands = { audience, issuer, clockTolerance: CLOCK_TOLERANCE_S };

  return async (token) => {
    const check = algorithmOf(token) === SECRET_ALGORITHM ? bySecret : byKeys;
    if (check === null) return refuseStranger();
    return toCaller(await check(token, demands), operators);
  };
}

type Check = (token: string, demands: JWTVerifyOptions) => Promise<JWTPayload>;

function withSecret(secret: Uint8Array): Check {
  return (token, demands) => verified(() => jwtVerify(token, secret, { ...demands, algorithms: [SECRET_ALGORITHM] }));
}

function withKeys(address: URL): Check {
  const keys = publicKeysAt(address);
  return (token, demands) => verified(() => jwtVerify(token, keys, { ...demands, algorithms: KEY_ALGORITHMS }));
}

/** @throws StoryTreeError `unauthorized` for an invalid token, `not_configured` when that cannot be determined */
async function verified(verify: () => Promise<{ payload: JWTPayload }>): Promise<JWTPayload> {
  try {
    return (await verify()).payload;
  } catch (error) {
    const isToken = error instanceof errors.JOSEError && error.code !== 'ERR_JOSE_GENERIC';
    if (isToken && !KEYS_UNREACHABLE.some((unreachable) => error instanceof unreachable)) return refuseStranger();
    throw new StoryTreeError(
      'not_configured',
      'Sign-ins cannot be checked now, since the keys at SUPABASE_JWKS_URL cannot be read: check that it answers.',
      { cause: error },
    );
  }
}

function algorithmOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).alg;
  } catch {
    return undefined;
  }
}

function toCaller(payload: JWTPayload, operators: ListedOperators): Caller {
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success) return refuseStranger();
  const { sub, exp, email, app_metadata } = claims.data;
  return {
    id: sub,
    email: email ?? null,
    isOperator: app_metadata?.role === OPERATOR_ROLE || isListed(claims.data, operators),
    expiresAt: new Date(exp * 1000),
  };
}

/** An e-mail address counts only where the project's administrators, or a hook of theirs, say that it was verified. */
function isListed({ sub, email, email_verified, app_metadata }: Claims, { ids, addresses }: ListedOperators): boolean {
  if (ids.has(sub.toLowerCase())) return true;
  const isVerified = email_verified === true || app_metadata?.email_verified === true;
  return isVerified && email !== undefined && addresses.has(email.toLowerCase());
}
