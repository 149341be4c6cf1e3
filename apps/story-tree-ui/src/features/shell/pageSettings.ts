import { services } from '../../services/index.ts';
import type { Health, TaskPage } from '../../wire/index.ts';
import type { SupabaseSettings } from '../client/index.ts';

/** What the server tells a page when it renders it. What it could not say in time is null, and the page asks for it. */
export interface PageSettings {
  /** Null when nobody has to sign in. */
  supabase: SupabaseSettings | null;
  /** The project whose Realtime tells the page what happens; null where the server’s own stream does. */
  realtime: SupabaseSettings | null;
  /** Somebody who has to sign in first sees nothing but the page for that. */
  isStranger: boolean;
  /** The e-mail address of whoever signed in. */
  email: string | null;
  /** The id of somebody who has signed in but may only look; null for everybody else. */
  viewerId: string | null;
  /** All tasks as they stood, with the cursor at which the live stream continues. */
  tasks: TaskPage | null;
  health: Health | null;
}

/** How many ended tasks a page begins with. */
const RECENT = 50;

/** A page does not wait longer for what it can ask for itself, in milliseconds. */
const PATIENCE_MS = 1_000;

/** For the root layout only: it runs on the server, on behalf of whoever asks for the page. */
export async function readPageSettings(): Promise<PageSettings> {
  const { sessions, realtime, tasks, health } = services();
  const caller = sessions.caller();
  const isStranger = sessions.isRequired && caller === null;
  const [known, state] = isStranger
    ? [null, null]
    : await Promise.all([soon(tasks.overview({ limit: RECENT })), soon(health.overview())]);
  return {
    supabase: sessions.isRequired ? sessions.project : null,
    realtime,
    isStranger,
    email: caller?.email ?? null,
    viewerId: caller === null || caller.isOperator ? null : caller.id,
    tasks: known,
    health: state,
  };
}

/** An answer that a page on the server can do without: null when it fails or takes too long. */
export function soon<T>(answer: Promise<T>): Promise<T | null> {
  const tooLate = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null));
  return Promise.race([answer.catch(() => null), tooLate]);
}
