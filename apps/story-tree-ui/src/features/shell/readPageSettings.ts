import { services } from '../../services.ts';
import type { PageSettings } from './pageSettings.ts';
import { soon } from './soon.ts';

/** How many ended tasks a page begins with. */
const RECENT = 50;

/** For the root layout alone: it runs on the server, in the name of whoever asks for the page. */
export async function readPageSettings(): Promise<PageSettings> {
  const { sessions, tasks, health } = services();
  const caller = sessions.caller();
  const isStranger = sessions.isRequired && caller === null;
  const [known, state] = isStranger
    ? [null, null]
    : await Promise.all([soon(tasks.overview({ limit: RECENT })), soon(health())]);
  return {
    supabase: sessions.isRequired ? sessions.project : null,
    isStranger,
    email: caller?.email ?? null,
    tasks: known,
    health: state,
  };
}
