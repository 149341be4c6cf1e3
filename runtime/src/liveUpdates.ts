import { StoryTreeError } from '@story-tree/domain';
import type { Environment } from './environment.ts';
import { isLoopback } from './loopback.ts';

/** What of the environment is about how pages hear of what happens. */
type LiveVariables = Pick<
  Environment,
  | 'STORY_TREE_LIVE'
  | 'DATABASE_URL'
  | 'SUPABASE_URL'
  | 'SUPABASE_PUBLISHABLE_KEY'
  | 'SUPABASE_JWKS_URL'
  | 'SUPABASE_JWT_SECRET'
>;

/** The project whose Realtime pages listen to. */
export interface RealtimeProject {
  url: string;
  publishableKey: string;
}

/** A project at supabase.com has its reference as the first part of its host name. */
const HOSTED = /^([a-z0-9]+)\.supabase\.co$/;

/**
 * Where pages hear of what happens: at a project's Realtime, or null for the app's own stream of events.
 * @throws StoryTreeError `not_configured` when nobody could listen to Realtime, or evidently nothing would be said there
 */
export function readLiveUpdates(environment: LiveVariables): RealtimeProject | null {
  if (environment.STORY_TREE_LIVE !== 'realtime') return null;
  const { SUPABASE_URL: url, SUPABASE_PUBLISHABLE_KEY: publishableKey } = environment;
  const hasSignIn = environment.SUPABASE_JWKS_URL !== undefined || environment.SUPABASE_JWT_SECRET !== undefined;
  if (!hasSignIn || url === undefined || publishableKey === undefined) {
    throw unusable(
      'needs people to sign in through Supabase: set SUPABASE_JWKS_URL, SUPABASE_URL and SUPABASE_PUBLISHABLE_KEY',
    );
  }
  if (!mayBeDatabaseOf(url, environment.DATABASE_URL)) {
    throw unusable('needs the database of the Supabase project itself: set DATABASE_URL to its connection string');
  }
  return { url, publishableKey };
}

/**
 * Realtime tells of changes in its project's own database. A name of this machine may be a tunnel to that or a project
 * that somebody hosts; any other has to name the project, in the host or, at its pooler, in the user.
 */
function mayBeDatabaseOf(project: string, databaseUrl: string | undefined): boolean {
  if (databaseUrl === undefined) return false;
  const [, reference] = HOSTED.exec(new URL(project).hostname) ?? [];
  if (reference === undefined || !URL.canParse(databaseUrl)) return true;
  const { hostname, username } = new URL(databaseUrl);
  return isLoopback(hostname) || [...hostname.split('.'), ...username.split('.')].includes(reference);
}

function unusable(why: string): StoryTreeError {
  return new StoryTreeError('not_configured', `STORY_TREE_LIVE=realtime ${why}; or remove STORY_TREE_LIVE.`);
}
