import { services } from '../../services.ts';
import type { PageSettings } from './pageSettings.ts';

/** How many ended tasks a page begins with. */
const RECENT = 50;

/** A page does not wait longer for what it can ask for itself, in milliseconds. */
const PATIENCE_MS = 1_000;

/** For the root layout alone: it runs on the server, in the name of whoever asks for the page. */
export async function readPageSettings(): Promise<PageSettings> {
  const { sessions, tasks, health } = services();
  const caller = sessions.caller();
  const isStranger = sessions.isRequired && caller === null;
  const [known, state] = isStranger ? [null, null] : await Promise.all([soon(tasks.overview(RECENT)), soon(health())]);
  return {
    supabase: sessions.isRequired ? sessions.project : null,
    isStranger,
    email: caller?.email ?? null,
    tasks: known,
    health: state,
  };
}

function soon<T>(answer: Promise<T>): Promise<T | null> {
  const tooLate = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null));
  return Promise.race([answer.catch(() => null), tooLate]);
}
