import type { Environment } from '@story-tree/agent-backend/runtime';
import { StoryTreeError } from '@story-tree/domain';
import {
  createRemoteJWKSet,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose';
import { z } from 'zod';
import { type Caller, refuseStranger } from './caller.ts';

const SECRET_ALGORITHM = 'HS256';
const KEY_ALGORITHMS = ['ES256', 'ES384', 'RS256', 'RS384', 'RS512', 'PS256', 'EdDSA'];
const DEFAULT_AUDIENCE = 'authenticated';
const OPERATOR_ROLE = 'operator';
const CLOCK_TOLERANCE_S = 5;

/** What failing to fetch or read the public keys looks like, as against a token that does not hold. */
const KEYS_UNREACHABLE = [errors.JWKSTimeout, errors.JWKSInvalid];

const claimsSchema = z.object({
  sub: z.uuid(),
  exp: z.number(),
  email: z.string().optional(),
  app_metadata: z.object({ role: z.string().optional() }).optional(),
});

/** Says who a token of Supabase stands for. */
export type TokenVerifier = (token: string) => Promise<Caller>;

/** How tokens are checked by the environment; null when it configures no sign-in. */
export function createTokenVerifier(environment: Environment): TokenVerifier | null {
  const { SUPABASE_JWT_SECRET: secret, SUPABASE_JWKS_URL: jwks } = environment;
  if (secret === undefined && jwks === undefined) return null;

  const bySecret = secret === undefined ? null : withSecret(secret);
  const byKeys = jwks === undefined ? null : withKeys(jwks);
  const demands: JWTVerifyOptions = {
    audience: environment.SUPABASE_JWT_AUDIENCE ?? DEFAULT_AUDIENCE,
    ...(environment.SUPABASE_JWT_ISSUER === undefined ? {} : { issuer: environment.SUPABASE_JWT_ISSUER }),
    clockTolerance: CLOCK_TOLERANCE_S,
    requiredClaims: ['sub', 'exp'],
  };
  const operators = listOf(environment.STORY_TREE_OPERATORS);

  return async (token) => {
    const check = algorithmOf(token) === SECRET_ALGORITHM ? bySecret : byKeys;
    if (check === null) return refuseStranger();
    return toCaller(await check(token, demands), operators);
  };
}

type Check = (token: string, demands: JWTVerifyOptions) => Promise<JWTPayload>;

function withSecret(secret: string): Check {
  const key = new TextEncoder().encode(secret);
  return (token, demands) => verified(() => jwtVerify(token, key, { ...demands, algorithms: [SECRET_ALGORITHM] }));
}

function withKeys(address: string): Check {
  const keys = createRemoteJWKSet(new URL(address));
  return (token, demands) => verified(() => jwtVerify(token, keys, { ...demands, algorithms: KEY_ALGORITHMS }));
}

/** @throws StoryTreeError `unauthorized` for a token that does not hold, `not_configured` when that cannot be told */
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

function toCaller(payload: JWTPayload, operators: ReadonlySet<string>): Caller {
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success) return refuseStranger();
  const { sub, exp, email, app_metadata } = claims.data;
  const isListed = operators.has(sub.toLowerCase()) || (email !== undefined && operators.has(email.toLowerCase()));
  return {
    id: sub,
    email: email ?? null,
    isOperator: app_metadata?.role === OPERATOR_ROLE || isListed,
    expiresAt: new Date(exp * 1000),
  };
}

function listOf(names: string | undefined): ReadonlySet<string> {
  const given = (names ?? '').split(',').map((name) => name.trim().toLowerCase());
  return new Set(given.filter((name) => name !== ''));
}
