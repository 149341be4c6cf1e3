import { StoryTreeError } from '@story-tree/domain';
import type { Environment } from './environment.ts';

/** The fewest bytes that HS256 allows for a secret (RFC 7518, section 3.2). */
const MIN_SECRET_BYTES = 32;
const DEFAULT_AUDIENCE = 'authenticated';
/** The path of a Supabase project's authentication, and below it that of its public keys. */
const AUTH_PATH = '/auth/v1';
const KEYS_PATH = '/.well-known/jwks.json';

/** What of the environment is about sign-ins. */
type SignInVariables = Pick<
  Environment,
  | 'SUPABASE_JWT_SECRET'
  | 'SUPABASE_JWKS_URL'
  | 'SUPABASE_JWT_AUDIENCE'
  | 'SUPABASE_JWT_ISSUER'
  | 'SUPABASE_URL'
  | 'STORY_TREE_OPERATORS'
>;

/** How sign-ins are checked. At least one of key address and secret is there. */
export interface SignInSettings {
  /** The address of the public keys that tokens are checked with. */
  keysUrl: URL | null;
  /** The secret that tokens are signed with. */
  secret: Uint8Array | null;
  /** Who must have issued a token, and for whom. */
  issuer: string;
  audience: string;
  operators: ListedOperators;
}

/** People who may change stories, in lower case. */
export interface ListedOperators {
  ids: ReadonlySet<string>;
  /** E-mail addresses, which count only if a token says that they are verified. */
  addresses: ReadonlySet<string>;
}

/**
 * The sign-in settings from the environment; null if nobody has to sign in.
 * @throws StoryTreeError `not_configured` if tokens could be forged or come from another project
 */
export function readSignIn(environment: SignInVariables): SignInSettings | null {
  const { SUPABASE_JWT_SECRET: secret, SUPABASE_JWKS_URL: keysUrl } = environment;
  if (secret === undefined && keysUrl === undefined) return null;
  return {
    keysUrl: keysUrl === undefined ? null : new URL(keysUrl),
    secret: secret === undefined ? null : secretBytes(secret),
    issuer: issuerOf(environment),
    audience: environment.SUPABASE_JWT_AUDIENCE ?? DEFAULT_AUDIENCE,
    operators: listedOperators(environment.STORY_TREE_OPERATORS),
  };
}

function secretBytes(secret: string): Uint8Array {
  const bytes = new TextEncoder().encode(secret);
  if (bytes.length >= MIN_SECRET_BYTES) return bytes;
  throw new StoryTreeError(
    'not_configured',
    `SUPABASE_JWT_SECRET has ${bytes.length} bytes, too few to be safe: use at least ${MIN_SECRET_BYTES}, such as \`openssl rand -hex 32\` prints.`,
  );
}

/** As it is set, or by the project's address. */
function issuerOf({ SUPABASE_JWT_ISSUER, SUPABASE_JWKS_URL = '', SUPABASE_URL }: SignInVariables): string {
  if (SUPABASE_JWT_ISSUER !== undefined) return SUPABASE_JWT_ISSUER;
  if (SUPABASE_JWKS_URL.endsWith(`${AUTH_PATH}${KEYS_PATH}`)) return SUPABASE_JWKS_URL.slice(0, -KEYS_PATH.length);
  if (SUPABASE_URL !== undefined) return `${withoutSlash(SUPABASE_URL)}${AUTH_PATH}`;
  throw new StoryTreeError(
    'not_configured',
    'People have to sign in, but the issuer of their tokens is not set: set SUPABASE_URL, or SUPABASE_JWT_ISSUER to the `iss` of the tokens.',
  );
}

function withoutSlash(address: string): string {
  return address.endsWith('/') ? address.slice(0, -1) : address;
}

function listedOperators(names = ''): ListedOperators {
  const listed = names.split(',').map((name) => name.trim().toLowerCase());
  const given = listed.filter((name) => name !== '');
  return {
    ids: new Set(given.filter((name) => !name.includes('@'))),
    addresses: new Set(given.filter((name) => name.includes('@'))),
  };
}
