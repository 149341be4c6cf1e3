import type { SupabaseClient } from '@supabase/supabase-js';
import { api } from './api.ts';

/** Where people sign in. */
export interface SupabaseSettings {
  url: string;
  publishableKey: string;
}

let client: Promise<SupabaseClient> | undefined;
/** Whether the person has asked to sign out: then nothing leads back to where they were. */
let isLeaving = false;

/**
 * The page's only Supabase client, loaded when it is first needed. It keeps the person's session in this browser and
 * renews it; each new token is passed on to our server, whose cookie would expire otherwise.
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
  // What could not be loaded may be there when it is next needed.
  client.catch(() => {
    client = undefined;
  });
  return client;
}

/** Has the server keep the token in its cookie. @throws ApiError when it does not accept it */
export function beginSession(accessToken: string): Promise<unknown> {
  return api.post('/api/session', { accessToken });
}

/**
 * When our server does not know the person any more, passes on the session that Supabase may have renewed meanwhile, as
 * after a page slept. Without one, the person has to sign in.
 */
export async function regainSession(): Promise<void> {
  try {
    const session = (await (await client)?.auth.getSession())?.data.session;
    if (session) await beginSession(session.access_token);
    else goToSignIn();
  } catch {
    goToSignIn();
  }
}

/**
 * Ends the session: first at our server, whose cookie would outlast the rest, then in this browser and at Supabase. Goes to
 * the sign-in page, which leads whoever signs in next to the list of stories.
 * @throws whatever kept the server from being told; then the person is still signed in
 */
export async function endSession(settings: SupabaseSettings): Promise<void> {
  isLeaving = true;
  try {
    const supabase = await supabaseClient(settings);
    await api.delete('/api/session');
    await supabase.auth.signOut({ scope: 'local' });
    location.assign('/sign-in');
  } catch (error) {
    isLeaving = false;
    throw error;
  }
}

/** Goes to the sign-in page, which leads back to where the person is now. */
export function goToSignIn(): void {
  if (isLeaving || location.pathname === '/sign-in') return;
  location.assign(`/sign-in?next=${encodeURIComponent(`${location.pathname}${location.search}`)}`);
}
