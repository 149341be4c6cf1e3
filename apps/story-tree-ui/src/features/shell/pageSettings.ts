import type { Health, TaskPage } from '../../wire/index.ts';

/** Where people sign in. */
export interface SupabaseSettings {
  url: string;
  publishableKey: string;
}

/** What the server tells a page when it renders it. What it could not say in time is null, and the page asks for it. */
export interface PageSettings {
  /** Null when nobody has to sign in. */
  supabase: SupabaseSettings | null;
  /** Somebody who has to sign in first sees nothing but the page for that. */
  isStranger: boolean;
  /** The e-mail address of whoever signed in. */
  email: string | null;
  /** All tasks as they stood, and where the live stream goes on from there. */
  tasks: TaskPage | null;
  health: Health | null;
}
