import type { AuthError } from '@supabase/supabase-js';
import { beginSession, type SupabaseSettings, supabaseClient } from '../client/index.ts';

/**
 * Signs in at Supabase and has our server know it.
 * @returns null when that worked, else a sentence that says why not
 */
export async function signIn(settings: SupabaseSettings, email: string, password: string): Promise<string | null> {
  const client = await supabaseClient(settings);
  const { data, error } = await client.auth.signInWithPassword({ email, password });
  if (error) return inWords(error);
  return await accepted(data.session.access_token);
}

/** Resumes a session that Supabase still has in this browser. @returns whether there was a valid one */
export async function resumeSession(settings: SupabaseSettings): Promise<boolean> {
  const client = await supabaseClient(settings);
  const { data } = await client.auth.getSession();
  if (data.session === null) return false;
  return (await accepted(data.session.access_token)) === null;
}

/** Has Supabase's client renew the session for as long as the page is open, which it does once it is there. */
export function keepSession(settings: SupabaseSettings): void {
  // Without it the session lasts until its token expires, and then people sign in again.
  supabaseClient(settings).catch(() => undefined);
}

async function accepted(accessToken: string): Promise<string | null> {
  try {
    await beginSession(accessToken);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : 'That did not work. Try again.';
  }
}

function inWords({ code, status }: AuthError): string {
  if (code === 'invalid_credentials') return 'E-mail address or password is wrong.';
  if (code === 'email_not_confirmed')
    return 'This e-mail address is not confirmed yet: follow the link that was sent to it.';
  if (code === 'user_banned') return 'This account is blocked: ask whoever runs this Story Tree.';
  if (code === 'over_request_rate_limit' || status === 429) return 'Too many attempts: wait a minute, then try again.';
  return 'Supabase did not answer as expected: try again in a moment.';
}
