import { toStoryTreeError } from '@story-tree/domain';
import { type Environment, isLoopback, type ListedOperators, readSignIn } from '@story-tree/runtime';
import type { Finding } from './finding.ts';
import { throughProxy } from './proxy.ts';

const what = 'Sign-in';

/** Who may use the web app, and whether that has been set up completely. */
export function checkAccess(environment: Environment): Finding {
  const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY } = environment;
  try {
    const signIn = readSignIn(environment);
    if (signIn === null) return withoutSignIn(environment);
    if (!SUPABASE_URL || !SUPABASE_PUBLISHABLE_KEY) {
      const missing = SUPABASE_URL ? 'SUPABASE_PUBLISHABLE_KEY' : 'SUPABASE_URL';
      return { what, ok: false, detail: `required, but nobody can sign in in the browser: set ${missing}` };
    }
    const keys =
      signIn.keysUrl === null ? 'SUPABASE_JWT_SECRET' : `SUPABASE_JWKS_URL${throughProxy(signIn.keysUrl, environment)}`;
    const detail = `through Supabase, tokens of ${signIn.issuer} checked with ${keys}; ${operators(signIn.operators)}`;
    return { what, ok: true, detail };
  } catch (error) {
    return { what, ok: false, detail: toStoryTreeError(error).message };
  }
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
