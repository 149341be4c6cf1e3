import { services } from '../../services.ts';
import type { TaskPage } from '../../wire/index.ts';
import type { PageSettings } from './pageSettings.ts';

/** For the root layout alone: it runs on the server, in the name of whoever asks for the page. */
export async function readPageSettings(): Promise<PageSettings> {
  const { sessions } = services();
  const caller = sessions.caller();
  const isStranger = sessions.isRequired && caller === null;
  return {
    supabase: sessions.isRequired ? sessions.project : null,
    isStranger,
    email: caller?.email ?? null,
    tasks: isStranger ? null : await readTasks(),
  };
}

/** How many ended tasks a page begins with. */
const RECENT = 50;

/** A page without them is still a page: it asks again by itself. */
async function readTasks(): Promise<TaskPage | null> {
  try {
    return await services().tasks.overview(RECENT);
  } catch {
    return null;
  }
}
