import type { Environment } from '../../runtime/environment.ts';
import type { Finding } from './finding.ts';

const what = 'Sign-in';

/** Who may use the web app, and whether that has been set up completely. */
export function checkAccess(environment: Environment): Finding {
  const { SUPABASE_JWT_SECRET, SUPABASE_JWKS_URL, SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY } = environment;
  const keys = SUPABASE_JWKS_URL ? 'SUPABASE_JWKS_URL' : SUPABASE_JWT_SECRET ? 'SUPABASE_JWT_SECRET' : null;
  if (keys === null) return withoutSignIn(environment);
  if (!SUPABASE_URL || !SUPABASE_PUBLISHABLE_KEY) {
    const missing = SUPABASE_URL ? 'SUPABASE_PUBLISHABLE_KEY' : 'SUPABASE_URL';
    return { what, ok: false, detail: `asked for, but nobody can sign in in the browser: set ${missing}` };
  }
  return { what, ok: true, detail: `through Supabase, tokens checked with ${keys}; ${operators(environment)}` };
}

function withoutSignIn({ HOST = '127.0.0.1' }: Environment): Finding {
  if (isLoopback(HOST)) return { what, ok: true, detail: 'none: the app is for one person on this machine' };
  const detail = `none, and HOST is ${HOST}: set SUPABASE_JWKS_URL or SUPABASE_JWT_SECRET, or the app will not start`;
  return { what, ok: false, detail };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host);
}

function operators({ STORY_TREE_OPERATORS = '' }: Environment): string {
  const listed = STORY_TREE_OPERATORS.split(',').filter((id) => id.trim() !== '').length;
  return `operators: those with the role${listed > 0 ? `, and ${listed} listed` : ''}`;
}
