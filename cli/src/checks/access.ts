import { toStoryTreeError } from '@story-tree/domain';
import { type Environment, isLoopback, type ListedOperators, readSignIn } from '@story-tree/runtime';
import type { Finding } from './finding.ts';
import { throughProxy } from './proxy.ts';

const what = 'Sign-in';

/** Who may use the web app, and whether that has been set up completely. */
export function checkAccess(environment: Environment): Finding {
  try {
    const signIn = readSignIn(environment);
    if (signIn === null) return withoutSignIn(environment);
    const half = halfOfProject(environment);
    if (half !== null) return { what, ok: false, detail: half };
    const where = environment.SUPABASE_URL ? 'through Supabase' : 'by token alone, without a sign-in page';
    const keys =
      signIn.keysUrl === null ? 'SUPABASE_JWT_SECRET' : `SUPABASE_JWKS_URL${throughProxy(signIn.keysUrl, environment)}`;
    const detail = `${where}, tokens of ${signIn.issuer} checked with ${keys}; ${operators(signIn.operators)}`;
    return { what, ok: true, detail };
  } catch (error) {
    return { what, ok: false, detail: toStoryTreeError(error).message };
  }
}

/** What to do about a project of which only the address or only the key is set; null where both are, or neither. */
function halfOfProject({ SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY }: Environment): string | null {
  if (SUPABASE_URL && !SUPABASE_PUBLISHABLE_KEY) {
    return 'the sign-in page lacks SUPABASE_PUBLISHABLE_KEY: set it; or, for tokens alone, set SUPABASE_JWT_ISSUER in place of SUPABASE_URL';
  }
  if (!SUPABASE_URL && SUPABASE_PUBLISHABLE_KEY) {
    return 'the sign-in page lacks SUPABASE_URL: set it; or, for tokens alone, remove SUPABASE_PUBLISHABLE_KEY';
  }
  return null;
}

function withoutSignIn({ HOST = '127.0.0.1' }: Environment): Finding {
  if (isLoopback(HOST)) return { what, ok: true, detail: 'none: the app is for one person on this machine' };
  const detail = `none, and HOST is ${HOST}: set SUPABASE_JWKS_URL or SUPABASE_JWT_SECRET, or the app will not start`;
  return { what, ok: false, detail };
}

function operators({ ids, addresses }: ListedOperators): string {
  const listed = [
    ids.size > 0 ? `${ids.size} listed by id` : '',
    addresses.size > 0 ? `${addresses.size} listed by e-mail address, in tokens that say it is verified` : '',
  ];
  return ['operators: those with the role', ...listed.filter(Boolean)].join(', ');
}
