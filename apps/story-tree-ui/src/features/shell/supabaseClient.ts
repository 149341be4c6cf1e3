import type { SupabaseClient } from '@supabase/supabase-js';
import { api } from './api.ts';
import type { SupabaseSettings } from './pageSettings.ts';
import { goToSignIn } from './signIn.ts';

let client: Promise<SupabaseClient> | undefined;

/**
 * The page's one client of Supabase, loaded when first asked for. It keeps the person's session in this browser and renews
 * it; each new token is handed on to our server, whose cookie would run out otherwise.
 */
export function supabaseClient(settings: SupabaseSettings): Promise<SupabaseClient> {
  client ??= import('@supabase/supabase-js').then(({ createClient }) => {
    const created = createClient(settings.url, settings.publishableKey);
    created.auth.onAuthStateChange((event, session) => {
      if (event === 'TOKEN_REFRESHED' && session) beginSession(session.access_token).catch(goToSignIn);
      if (event === 'SIGNED_OUT') goToSignIn();
    });
    return created;
  });
  return client;
}

/** Has the server keep the token in its cookie. @throws ApiError when it does not accept it */
export function beginSession(accessToken: string): Promise<unknown> {
  return api.post('/api/session', { accessToken });
}
