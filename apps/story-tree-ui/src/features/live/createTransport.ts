import { regainSession, type SupabaseSettings, supabaseClient } from '../client/index.ts';
import type { LiveTransport } from './liveTransport.ts';
import { readCursor, readTask } from './readTasks.ts';
import { shareBetweenTabs } from './shareBetweenTabs.ts';
import { createStreamTransport } from './streamTransport.ts';

/**
 * The transport of this browser's messages: our own stream, or Supabase Realtime with that to fall back on.
 * @param realtime the project whose database tasks are stored in; null for the stream alone
 */
export function createTransport(realtime: SupabaseSettings | null): LiveTransport {
  const stream = shareBetweenTabs(createStreamTransport({ onUnauthorized: () => void regainSession() }));
  if (realtime === null) return stream;
  return {
    run(options) {
      import('./realtimeTransport.ts').then(
        ({ createRealtimeTransport }) =>
          createRealtimeTransport({ stream, connect: () => signedIn(realtime), readTask, readCursor }).run(options),
        () => stream.run(options),
      );
    },
  };
}

/** The client, if somebody has signed in with it: others receive no rows. */
async function signedIn(settings: SupabaseSettings) {
  const client = await supabaseClient(settings);
  const { data } = await client.auth.getSession();
  return data.session && client;
}
