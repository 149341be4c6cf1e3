import { goToSignIn, type SupabaseSettings, supabaseClient } from '../client/index.ts';
import type { LiveTransport } from './liveTransport.ts';
import { readTask } from './readTasks.ts';
import { shareBetweenTabs } from './shareBetweenTabs.ts';
import { createStreamTransport } from './streamTransport.ts';

/** The transport of this browser's messages: Supabase Realtime where people sign in there, else our own stream. */
export function createTransport(supabase: SupabaseSettings | null): LiveTransport {
  if (supabase === null) return shareBetweenTabs(createStreamTransport({ onUnauthorized: goToSignIn }));
  return { run: (options) => void runSupabase(supabase, options) };
}

async function runSupabase(settings: SupabaseSettings, options: Parameters<LiveTransport['run']>[0]): Promise<void> {
  try {
    const [client, { createSupabaseTransport }] = await Promise.all([
      supabaseClient(settings),
      import('./supabaseTransport.ts'),
    ]);
    const { data } = await client.auth.getSession();
    if (data.session === null) return goToSignIn();
    if (options.signal.aborted) return;
    createSupabaseTransport({ client, readTask }).run(options);
  } catch {
    options.sink.status('offline');
  }
}
